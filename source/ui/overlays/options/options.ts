import {type Failure} from '../../../core/failure/failure.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {withPluginEntries} from '../../../core/plugin-entries.ts';
import {isSameJson} from '../../../core/schema/same-json.ts';
import {type Json, type JsonSchema} from '../../../core/schema/json.ts';
import {type SchemaProblem} from '../../../core/schema/validate.ts';
import {type SettingEntry} from '../../../core/settings.ts';
import {isKey, moveFocus} from '../../components/dialog/focus.ts';
import {type FormField, schemaFields} from '../../components/form/form-field.ts';
import {createForm, type FormState, jsonOf} from '../../components/form/form-state.ts';
import {fieldOfStop, formStops, updateForm} from '../../components/form/update-form.ts';
import {type ViewContext} from '../../view/context.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';
import {type Remote, loading} from '../shared/remote.ts';

/** The options of one plugin, by its own schema, each with its value and where that comes from. */
export type OptionsOverlay = {
	readonly kind: 'options';
	readonly plugin: string;
	/** Without what is a secret. */
	readonly schema: JsonSchema;
	readonly hasSecrets: boolean;
	readonly entries: Remote<readonly SettingEntry[]>;
	readonly fields: readonly FormField[];
	readonly form: FormState;
	/** A stop of the form, or a button. */
	readonly focus: string;
	/** Fields that are to have their default again. */
	readonly unset: readonly string[];
	readonly isSaving: boolean;
	readonly error?: Failure;
};

const entriesTag = 'options:entries';
const saveTag = 'options:save';

export function openOptions({id, manifest}: PluginRecord): Opened<OptionsOverlay> {
	const {properties = {}, ...rest} = manifest.config ?? {};
	const open = Object.entries(properties).filter(([, {format}]) => format !== 'password');
	return {
		state: {
			kind: 'options',
			plugin: id,
			schema: {...rest, properties: Object.fromEntries(open)},
			hasSecrets: open.length < Object.keys(properties).length,
			entries: loading,
			fields: [],
			form: createForm([], {}),
			focus: 'cancel',
			unset: [],
			isSaving: false,
		},
		effects: [{type: 'settings', reply: entriesTag}],
	};
}

export const optionStops = ({fields, form}: OptionsOverlay): readonly string[] => [...formStops(fields, form), 'cancel', 'save'];

export function updateOptions(state: OptionsOverlay, event: LayerEvent, context: ViewContext): LayerUpdate<OptionsOverlay> {
	if (event.type === 'engine') {
		return {state};
	}

	if (event.type === 'reply') {
		return receive(state, event, context);
	}

	if (isKey(event, 'esc')) {
		return {};
	}

	const {fields, form, focus} = state;
	if (isKey(event, 'enter') && (focus === 'cancel' || focus === 'save')) {
		return focus === 'cancel' ? {} : save(state, context);
	}

	if (isKey(event, 'ctrl+x')) {
		return {state: reset(state)};
	}

	const isInside = isKey(event, 'left', 'right') && focus !== 'cancel' && focus !== 'save';
	const next = isInside ? undefined : moveFocus(optionStops(state), focus, event);
	if (next !== undefined) {
		return {state: {...state, focus: next}};
	}

	const changed = updateForm(form, fields, focus, event);
	const {error: _, ...rest} = state;
	const unset = state.unset.filter(key => key !== fieldOfStop(focus));
	return {state: changed === undefined || changed === form ? state : {...rest, form: changed, unset}};
}

/** The default for the field that has the focus, where the person's file has another value. */
function reset(state: OptionsOverlay): OptionsOverlay {
	const {fields, form, focus, unset} = state;
	const field = fields.find(({key}) => key === fieldOfStop(focus));
	if (field === undefined || !isOwn(state, field.key) || unset.includes(field.key)) {
		return state;
	}

	const values = {...form.values, ...createForm([field], {}).values};
	const stops = formStops(fields, {...form, values});
	return {...state, form: {...form, values}, unset: [...unset, field.key], focus: stops.includes(focus) ? focus : (stops[0] ?? 'cancel')};
}

/** Whether the file of the person has a value for it. */
export const isOwn = ({plugin, entries}: OptionsOverlay, field: string): boolean =>
	entries.status === 'ready' && entryOf(plugin, entries.value, field)?.source === 'user';

function receive(
	state: OptionsOverlay,
	{reply, outcome}: Extract<LayerEvent, {type: 'reply'}>,
	context: ViewContext,
): LayerUpdate<OptionsOverlay> {
	if (reply === saveTag) {
		return outcome.ok
			? {effects: [{type: 'toast', level: 'info', text: `the options of ${state.plugin} are saved`}]}
			: {state: {...state, isSaving: false, error: outcome.error}};
	}

	if (reply !== entriesTag) {
		return {state};
	}

	if (!outcome.ok) {
		return {state: {...state, entries: {status: 'failed', error: outcome.error}}};
	}

	const manifests = context.engine.plugins
		.filter(({id, state: phase}) => id === state.plugin && phase !== 'shadowed')
		.map(({manifest}) => manifest);
	const entries = withPluginEntries(outcome.value as readonly SettingEntry[], manifests).filter(({key}) =>
		key.startsWith(`plugins.${state.plugin}.`),
	);
	const fields = schemaFields(state.schema, {}).map((field): FormField => {
		const source = sourceText(entryOf(state.plugin, entries, field.key));
		return {...field, ...(source !== undefined && {note: source})};
	});
	const given = fields.flatMap(({key}) => {
		const entry = entryOf(state.plugin, entries, key);
		return entry === undefined || entry.source === 'default' || entry.value === undefined ? [] : [[key, entry.value as Json] as const];
	});
	const form = {...createForm(fields, Object.fromEntries(given)), touched: []};
	return {state: {...state, entries: {status: 'ready', value: entries}, fields, form, focus: formStops(fields, form)[0] ?? 'cancel'}};
}

const entryOf = (plugin: string, entries: readonly SettingEntry[], field: string): SettingEntry | undefined =>
	entries.find(({key}) => key === `plugins.${plugin}.${field}`);

/** `default`, `config.toml:12`, `CWS_PLUGINS__ACME__TIMEOUT, wins`. */
function sourceText(entry: SettingEntry | undefined): string | undefined {
	if (entry === undefined) {
		return undefined;
	}

	const {source, from = source} = entry;
	const name = from.slice(from.lastIndexOf('/') + 1);
	switch (source) {
		case 'default': {
			return 'default';
		}

		case 'user': {
			return name;
		}

		case 'project': {
			return `project ${name}, wins`;
		}

		default: {
			return `${from}, wins`;
		}
	}
}

/** What the person changed. */
export function changedOptions(state: OptionsOverlay): Readonly<Record<string, unknown>> {
	const {plugin, fields, form, entries} = state;
	const known = entries.status === 'ready' ? entries.value : [];
	const unset = unsetOptions(state);
	return Object.fromEntries(
		fields.flatMap(field => {
			const value = unset.includes(field.key) ? undefined : form.values[field.key];
			if (value === undefined) {
				return [];
			}

			const json = jsonOf(field, value) ?? field.default;
			return json === undefined || isSameJson(json, entryOf(plugin, known, field.key)?.value ?? null) ? [] : [[field.key, json] as const];
		}),
	);
}

/** What goes back to its default: asked for, or emptied. */
export const unsetOptions = (state: OptionsOverlay): readonly string[] =>
	state.fields
		.map(field => ({field, value: state.form.values[field.key]}))
		.filter(
			({field, value}) =>
				isOwn(state, field.key) && (state.unset.includes(field.key) || (value !== undefined && jsonOf(field, value) === undefined)),
		)
		.map(({field}) => field.key);

export const optionProblems = (state: OptionsOverlay, {validate}: ViewContext): readonly SchemaProblem[] => {
	const {required: _, ...partial} = state.schema;
	return validate(partial, changedOptions(state));
};

function save(state: OptionsOverlay, context: ViewContext): LayerUpdate<OptionsOverlay> {
	const values = changedOptions(state);
	const unset = unsetOptions(state);
	if (state.isSaving || Object.keys(values).length + unset.length === 0) {
		return state.isSaving ? {state} : {};
	}

	const [problem] = optionProblems(state, context);
	if (problem !== undefined) {
		const touched = [...state.form.touched, problem.field];
		return {state: {...state, form: {...state.form, touched}, focus: problem.field}};
	}

	const {error: _, ...rest} = state;
	return {
		state: {...rest, isSaving: true},
		effects: [
			{type: 'run', command: 'setPluginConfig', input: {plugin: state.plugin, values, ...(unset.length > 0 && {unset})}, reply: saveTag},
		],
	};
}
