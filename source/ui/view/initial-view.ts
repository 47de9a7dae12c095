import {defaultSort} from '../../engine/query/sort.ts';
import {type ListState, type ViewState} from './state.ts';

const start: ListState = {cursor: 0, top: 0};

/** The view of a fresh dashboard; `initial` holds what is remembered from the last one. */
export const initialView = (initial: Partial<ViewState> & Pick<ViewState, 'size' | 'now'>): ViewState => ({
	focus: 'resources',
	isZoomed: false,
	lists: {plugins: start, resources: start, cost: start, activity: start},
	marks: new Set(),
	filter: '',
	activeFilter: '',
	isFiltering: false,
	sort: defaultSort,
	isWide: false,
	attentionOnly: false,
	activityTab: 'events',
	screens: [],
	overlays: [],
	asks: [],
	history: {past: [], future: []},
	panes: {},
	statuses: {},
	installedFrom: {},
	toasts: [],
	theme: 'midnight',
	spinner: 0,
	...initial,
});
