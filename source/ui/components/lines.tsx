import {Box, Text} from 'ink';
import {memo} from 'react';

type Props = {
	/** Painted strings of exactly `width` cells. */
	readonly lines: readonly string[];
	readonly width: number;
	readonly height: number;
};

const isSame = (before: Props, after: Props): boolean =>
	before.width === after.width &&
	before.height === after.height &&
	before.lines.length === after.lines.length &&
	before.lines.every((line, index) => line === after.lines[index]);

/** Lines of a pane, one `<Text>` each; a line whose string is the same is not drawn again, nor is a pane of such lines. */
export const Lines = memo(({lines, width, height}: Props) => {
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0}>
			{lines.slice(0, height).map((text, index) => (
				// oxlint-disable-next-line react/no-array-index-key -- a line is its place
				<DrawnLine key={index} text={text} />
			))}
		</Box>
	);
}, isSame);
Lines.displayName = 'Lines';

const DrawnLine = memo(({text}: {readonly text: string}) => <Text wrap="truncate">{text}</Text>);
DrawnLine.displayName = 'DrawnLine';
