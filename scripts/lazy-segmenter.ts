// Stands in for `Intl.Segmenter` in the bundle. The first real one of a process costs as long as a third of starting Node, most
// libraries make theirs when they are loaded, and the first frame rarely needs any.
const {Segmenter} = Intl;

export class LazySegmenter {
	readonly #input: ConstructorParameters<typeof Segmenter>;
	#segmenter: Intl.Segmenter | undefined;

	constructor(...input: ConstructorParameters<typeof Segmenter>) {
		this.#input = input;
	}

	segment(text: string): Intl.Segments {
		this.#segmenter ??= new Segmenter(...this.#input);
		return this.#segmenter.segment(text);
	}
}
