import {type Rect} from '../view/layout.ts';
import {type ViewContext} from '../view/context.ts';
import {type ViewState} from '../view/state.ts';
import {type Theme} from '../theme/tokens.ts';

/** What every pane is drawn from. */
export type PaneProps = {
	readonly rect: Rect;
	readonly view: ViewState;
	readonly context: ViewContext;
	readonly theme: Theme;
	readonly isFocused: boolean;
};
