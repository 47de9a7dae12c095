import {Component, type ReactNode} from 'react';
import {type Theme} from '../../theme/tokens.ts';
import {BrokenPane} from './broken-pane.tsx';
import {type Frame} from './draw-frame.ts';

type Props = {
	readonly children: ReactNode;
	/** Where the error is shown in place of what threw; without one the place stays empty. */
	readonly frame?: Frame;
	readonly theme: Theme;
	/** What the children are drawn from: other values are another try. */
	readonly causes: readonly unknown[];
};

type State = {readonly message?: string; readonly causes?: readonly unknown[]};

/** Keeps what throws while it is drawn from taking the dashboard with it. */
export class DrawBoundary extends Component<Props, State> {
	override readonly state: State = {};

	static getDerivedStateFromError(error: unknown): State {
		return {message: error instanceof Error ? error.message : String(error)};
	}

	static getDerivedStateFromProps({causes}: Props, {message, causes: before}: State): State | null {
		if (message === undefined) {
			return null;
		}

		if (before === undefined) {
			return {message, causes};
		}

		return causes.every((cause, index) => cause === before[index]) ? null : {message: undefined, causes: undefined};
	}

	override render(): ReactNode {
		const {message} = this.state;
		const {children, frame, theme} = this.props;
		if (message === undefined) {
			return children;
		}

		return frame === undefined ? null : <BrokenPane message={message} frame={frame} theme={theme} />;
	}
}
