import {Component, type ReactNode} from 'react';
import {Lines} from '../lines.tsx';
import {paintLine, span} from '../line/line.ts';
import {type Theme} from '../../theme/tokens.ts';
import {wrapText} from '../../../core/text.ts';
import {drawFrame} from './draw-frame.ts';

type Props = {
	readonly title: string;
	readonly number: number;
	readonly width: number;
	readonly height: number;
	readonly isFocused: boolean;
	readonly theme: Theme;
	readonly children: ReactNode;
	/** What the pane is drawn from: another value is another try. */
	readonly cause: unknown;
};

type State = {readonly error?: string; readonly cause?: unknown};

/** Keeps a pane that throws from taking the dashboard with it: the error is shown in its place until its data changes. */
export class PaneBoundary extends Component<Props, State> {
	override readonly state: State = {};

	static getDerivedStateFromError(error: unknown): State {
		return {error: error instanceof Error ? error.message : String(error)};
	}

	static getDerivedStateFromProps({cause}: Props, state: State): State | null {
		if (state.error === undefined) {
			return null;
		}

		if (state.cause === undefined) {
			return {...state, cause};
		}

		return state.cause === cause ? null : {};
	}

	override render(): ReactNode {
		const {error} = this.state;
		if (error === undefined) {
			return this.props.children;
		}

		const {theme, title, number, width, height, isFocused} = this.props;
		const inner = width - 2;
		const text = [
			[span('health.fail', ' ✖ This pane could not be drawn')],
			...wrapText(error, Math.max(8, inner - 4)).map(line => [span('text.muted', `   ${line}`)]),
			[span('text.muted', '   The rest goes on; it is tried again with new data.')],
		];
		const lines = text.map(line => paintLine(theme, line, inner));
		return <Lines lines={drawFrame(theme, {number, title, width, height, isFocused}, lines)} width={width} height={height} />;
	}
}
