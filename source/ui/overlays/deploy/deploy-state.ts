import {type Json} from '../../../core/schema/json.ts';
import {type Choice} from '../../../core/plugin.ts';
import {type Plan} from '../../../core/plan.ts';
import {type Contribution} from '../../../engine/contributions/resource-types.ts';
import {type TemplateRow} from '../../../engine/templates/template-library.ts';
import {type FormState} from '../../components/form/form-state.ts';
import {type Menu} from '../../components/menu/menu.ts';
import {type Remote} from '../shared/remote.ts';

/** What the form begins with; the rest is asked. */
export type DeployPreset = {
	readonly provider?: string;
	readonly type?: string;
	readonly name?: string;
	readonly region?: string;
	readonly size?: string;
	readonly fields?: Readonly<Record<string, Json>>;
};

export type DeployOverlay = {
	readonly kind: 'deploy';
	readonly step: 'where' | 'fields' | 'plan';
	readonly focus: string;
	readonly menu: Menu;
	readonly preset: DeployPreset;
	/** What was picked in the first step, as it was then. */
	readonly target?: Contribution;
	/** The template that was picked; the form then asks for its parameters. */
	readonly template?: TemplateRow | undefined;
	readonly templates: Remote<readonly TemplateRow[]>;
	readonly form: FormState;
	readonly choices: Remote<Readonly<Record<string, readonly Choice[]>>>;
	readonly plan: Remote<Plan>;
	/** Accepted and handed to the engine, which has not answered yet. */
	readonly isSent: boolean;
	/** Grows with every question, so that a late answer to an older one is not taken. */
	readonly sequence: number;
	/** First line of the plan in sight on a small terminal. */
	readonly top: number;
};
