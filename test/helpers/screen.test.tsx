import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Box, Text, useWindowSize} from 'ink';
import {useEffect, useState} from 'react';
import {renderScreen} from './screen.tsx';

function Size() {
	const {columns, rows} = useWindowSize();
	return (
		<Box height={rows} width={columns}>
			<Text>
				{columns}x{rows}
			</Text>
		</Box>
	);
}

function Late() {
	const [step, setStep] = useState(0);
	useEffect(() => {
		if (step === 3) {
			return undefined;
		}

		const timer = setImmediate(() => {
			setStep(step + 1);
		});
		return () => {
			clearImmediate(timer);
		};
	}, [step]);
	return <Text>step {step}</Text>;
}

test('a node is drawn as text on a terminal of the given size', async () => {
	const screen = renderScreen(
		<Box flexDirection="column">
			<Text>one</Text>
			<Text>two</Text>
		</Box>,
		{columns: 10, rows: 4},
	);
	assert.equal(await screen.settled(), 'one\ntwo');
	screen.unmount();
});

test('settled waits for the state that effects set', async () => {
	const screen = renderScreen(<Late />, {columns: 10, rows: 2});
	assert.equal(await screen.settled(), 'step 3');
	screen.unmount();
});

test('a rerender and a resize are drawn', async () => {
	const screen = renderScreen(<Text>old</Text>, {columns: 20, rows: 3});
	assert.equal(await screen.settled(), 'old');
	screen.rerender(<Size />);
	assert.equal(await screen.settled(), '20x3');
	screen.resize({columns: 30, rows: 5});
	assert.equal(await screen.settled(), '30x5');
	screen.unmount();
});

test('the style of a cell is known by its text, also behind wide characters', async () => {
	const screen = renderScreen(
		<Text>
			日本{' '}
			<Text inverse bold color="#ff8000">
				web-1
			</Text>
		</Text>,
		{columns: 20, rows: 2},
	);
	await screen.settled();
	const cell = screen.cellOf('web-1');
	assert.equal(cell.text, 'w');
	assert.equal(cell.color, '#ff8000');
	assert.ok(cell.isInverse && cell.isBold && !cell.isDim);
	assert.deepEqual(screen.cell(0, 5), cell);
	assert.throws(() => screen.cellOf('nowhere'), /not on the screen[^]*web-1/);
	screen.unmount();
});
