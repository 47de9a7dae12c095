import {type CloudForTest} from './cloud.ts';

type Asked = {readonly Filters?: readonly {readonly Field: string; readonly Value: string}[]};

/** What `GetProducts` answers: JSON in strings, and beside what was asked for also what a careless reader would take. */
export function productsJson({listPrices}: CloudForTest, body: string): string {
	const {Filters = []} = JSON.parse(body) as Asked;
	const asked = Object.fromEntries(Filters.map(({Field, Value}) => [Field, Value]));
	const {instanceType = '', regionCode = '', databaseEngine, deploymentOption} = asked;
	const more = databaseEngine === undefined ? '' : `/${databaseEngine}/${deploymentOption}`;
	const listed = listPrices.get(`${regionCode}/${instanceType}${more}`);
	const product = (attributes: Readonly<Record<string, string>>, dollars: string, unit = 'Hrs') =>
		JSON.stringify({
			product: {productFamily: 'Compute Instance', sku: 'SKU1', attributes: {...asked, ...attributes}},
			serviceCode: 'AmazonEC2',
			terms: {
				OnDemand: {
					'SKU1.JRTCKXETXF': {priceDimensions: {'SKU1.JRTCKXETXF.6YS6EN2CT7': {unit, pricePerUnit: {USD: dollars}}}, termAttributes: {}},
				},
			},
		});
	return JSON.stringify({
		FormatVersion: 'aws_v1',
		PriceList:
			listed === undefined
				? []
				: [
						product({operatingSystem: 'Windows', databaseEngine: 'Oracle'}, '0.0010000000'),
						product({regionCode: 'us-west-9'}, '0.0010000000'),
						product({}, '0.0000000000'),
						product({}, '0.0010000000', 'Quantity'),
						'no json',
						product({}, listed),
					],
	});
}
