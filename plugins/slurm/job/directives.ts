/** The options of the `#SBATCH` lines of a script: they end where the first command stands. */
export function directivesOf(script: string): readonly string[] {
	const found: string[] = [];
	for (const line of script.split('\n')) {
		const words = line.trim();
		if (words.startsWith('#SBATCH')) {
			found.push(words.slice('#SBATCH'.length).trim());
		} else if (words !== '' && !words.startsWith('#')) {
			break;
		}
	}

	return found.filter(words => words !== '');
}
