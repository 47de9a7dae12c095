import {createElement, type ReactElement} from 'react';
import {Dialog} from '../components/dialog/dialog.tsx';
import {type DialogView} from '../components/dialog/dialog-view.ts';
import {type Theme} from '../theme/tokens.ts';
import {type ViewContext} from '../view/context.ts';
import {type ViewState} from '../view/state.ts';
import {updateActions} from './actions/actions.ts';
import {viewActions} from './actions/view-actions.ts';
import {updateConfirm, viewConfirm} from './confirm/confirm.ts';
import {updateConsent} from './consent/consent.ts';
import {viewConsent} from './consent/view-consent.ts';
import {updateDeploy} from './deploy/update-deploy.ts';
import {viewDeploy} from './deploy/view-deploy.ts';
import {updateDestroy} from './destroy/destroy.ts';
import {viewDestroy} from './destroy/view-destroy.ts';
import {updateHelp, viewHelp} from './help/help.ts';
import {updateInstall} from './install/install.ts';
import {viewInstall} from './install/view-install.ts';
import {updateLogin} from './login/login.ts';
import {viewLogin} from './login/view-login.ts';
import {updateMessage, viewMessage} from './message/message.ts';
import {updateOptions} from './options/options.ts';
import {viewOptions} from './options/view-options.ts';
import {updateOutput, viewOutput} from './output/output.ts';
import {updatePalette, viewPalette} from './palette/palette.ts';
import {updateQuestion, viewQuestion} from './question/question.ts';
import {updateRemove, viewRemove} from './remove/remove.ts';
import {updateSecret} from './secret/secret.ts';
import {viewSecret} from './secret/view-secret.ts';
import {updateSortPicker, viewSortPicker} from './sort/sort-picker.ts';
import {updateThemePicker, viewThemePicker} from './theme/theme-picker.ts';
import {updateViews, viewViews} from './views/views.ts';
import {type LayerEvent, type LayerUpdate, type OverlayState} from './overlay.ts';

type OverlayModule<State> = {
	readonly update: (state: State, event: LayerEvent, context: ViewContext, view: ViewState) => LayerUpdate<OverlayState>;
	readonly view: (state: State, context: ViewContext, view: ViewState) => DialogView;
};

type OverlayModules = {readonly [Kind in OverlayState['kind']]: OverlayModule<Extract<OverlayState, {kind: Kind}>>};

type OverlayProps = {
	readonly state: OverlayState;
	readonly context: ViewContext;
	readonly view: ViewState;
	readonly theme: Theme;
};

const modules: OverlayModules = {
	actions: {update: updateActions, view: viewActions},
	confirm: {update: updateConfirm, view: viewConfirm},
	consent: {update: updateConsent, view: viewConsent},
	deploy: {update: updateDeploy, view: viewDeploy},
	destroy: {update: updateDestroy, view: viewDestroy},
	help: {update: updateHelp, view: viewHelp},
	install: {update: updateInstall, view: viewInstall},
	login: {update: updateLogin, view: viewLogin},
	message: {update: updateMessage, view: viewMessage},
	options: {update: updateOptions, view: viewOptions},
	output: {update: updateOutput, view: viewOutput},
	palette: {update: updatePalette, view: viewPalette},
	question: {update: updateQuestion, view: viewQuestion},
	remove: {update: updateRemove, view: viewRemove},
	secret: {update: updateSecret, view: viewSecret},
	sort: {update: updateSortPicker, view: viewSortPicker},
	theme: {update: updateThemePicker, view: viewThemePicker},
	views: {update: updateViews, view: viewViews},
};

/** The one update of all overlays. The answer may be another kind of overlay, which then takes the place of this one. */
export const updateOverlay = (state: OverlayState, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<OverlayState> =>
	moduleOf(state).update(state, event, context, view);

/** An overlay, centred over the whole screen; its parent is the root box. */
export const Overlay = ({state, context, view, theme}: OverlayProps): ReactElement =>
	createElement(Dialog, {view: moduleOf(state).view(state, context, view), size: view.size, theme});

const moduleOf = (state: OverlayState): OverlayModule<OverlayState> => modules[state.kind] as OverlayModule<OverlayState>;
