type Product = {
	readonly product?: {readonly attributes?: Readonly<Record<string, unknown>>};
	readonly terms?: {readonly OnDemand?: Readonly<Record<string, Term>>};
};
type Term = {readonly priceDimensions?: Readonly<Record<string, Dimension>>};
type Dimension = {readonly unit?: unknown; readonly pricePerUnit?: {readonly USD?: unknown}};

const mostDollars = 1000;

/**
Dollars an hour of what has these attributes, out of an answer of `GetProducts`, whose products are JSON in strings. Undefined when none
of them is what was asked for: an answer about another machine, a price of nothing, or one that cannot be.
*/
export function priceOf(answer: string, asked: Readonly<Record<string, string>>): number | undefined {
	const prices = productsOf(answer).flatMap(product => {
		const attributes = product.product?.attributes ?? {};
		const isMeant = Object.entries(asked).every(([name, value]) => attributes[name] === value);
		return isMeant ? dollarsOf(product) : [];
	});
	return prices.length === 0 ? undefined : Math.min(...prices);
}

function productsOf(answer: string): readonly Product[] {
	const list = (read(answer) as {readonly PriceList?: unknown} | undefined)?.PriceList;
	return Array.isArray(list)
		? list.flatMap(entry => {
				const product = typeof entry === 'string' ? read(entry) : entry;
				return typeof product === 'object' && product !== null ? [product as Product] : [];
			})
		: [];
}

const dollarsOf = ({terms}: Product): readonly number[] =>
	Object.values(terms?.OnDemand ?? {}).flatMap(({priceDimensions = {}}) =>
		Object.values(priceDimensions).flatMap(({unit, pricePerUnit}) => {
			const dollars = typeof pricePerUnit?.USD === 'string' ? Number(pricePerUnit.USD) : Number.NaN;
			// A price of nothing is how the list says that there is no such offer.
			return unit === 'Hrs' && dollars > 0 && dollars < mostDollars ? [dollars] : [];
		}),
	);

function read(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
