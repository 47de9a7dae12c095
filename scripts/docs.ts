// Writes the generated pages of docs/.
import {writeFile} from 'node:fs/promises';
import {renderPages} from './docs/pages.ts';

for (const [name, text] of Object.entries(await renderPages())) {
	await writeFile(`docs/${name}`, text);
}
