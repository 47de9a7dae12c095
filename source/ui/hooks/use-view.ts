import {createContext, useContext} from 'react';
import {type ViewContext} from '../view/context.ts';
import {type ViewState} from '../view/state.ts';

/** What one frame is drawn from; a new object for each published change. */
export type ViewSnapshot = {readonly view: ViewState; readonly context: ViewContext};

export const ViewSnapshotContext = createContext<ViewSnapshot | undefined>(undefined);

export function useView(): ViewSnapshot {
	const snapshot = useContext(ViewSnapshotContext);
	if (snapshot === undefined) {
		throw new Error('No view above this component');
	}

	return snapshot;
}
