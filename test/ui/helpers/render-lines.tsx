import {stripVTControlCharacters} from 'node:util';
import {Box} from 'ink';
import {render} from 'ink-testing-library';
import {type ReactElement} from 'react';

type Rendered = {
	/** The last frame without colours, one string per row. */
	readonly lines: () => readonly string[];
	/** The last frame as it was written. */
	readonly frame: () => string;
	readonly rerender: (element: ReactElement) => void;
};

/** Renders a component by itself, through Ink, into a place of the given height. */
export function renderLines(element: ReactElement, height: number): Rendered {
	const place = (child: ReactElement) => (
		<Box height={height} flexDirection="column">
			{child}
		</Box>
	);
	const {lastFrame, rerender} = render(place(element));
	return {
		lines: () => stripVTControlCharacters(lastFrame() ?? '').split('\n'),
		frame: () => lastFrame() ?? '',
		rerender(next) {
			rerender(place(next));
		},
	};
}
