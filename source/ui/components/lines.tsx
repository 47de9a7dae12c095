import {Box, Text} from 'ink';
import {memo} from 'react';

type Props = {
	/** Painted strings of exactly `width` cells. */
	readonly lines: readonly string[];
	readonly width: number;
	readonly height: number;
};

/** Lines of a pane, one `<Text>` each; a line whose string is the same is not drawn again. */
export function Lines({lines, width, height}: Props) {
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0}>
			{lines.slice(0, height).map((text, index) => (
				// oxlint-disable-next-line react/no-array-index-key -- a line is its place
				<DrawnLine key={index} text={text} />
			))}
		</Box>
	);
}

const DrawnLine = memo(({text}: {readonly text: string}) => <Text wrap="truncate">{text}</Text>);
DrawnLine.displayName = 'DrawnLine';
