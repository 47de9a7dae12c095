import {type Line, span} from '../../components/line/line.ts';
import {type Notice} from '../../view/lists/notices.ts';

/** A hole, named: `gcp: not logged in · 7 resources from 3h ago · run …`. */
export const noticeLine = ({provider, text, fix}: Notice): Line => [
	' ',
	span('badge.stale', '▲ '),
	span('text.muted', `${provider}: ${text}`),
	...(fix === undefined ? [] : [span('text.muted', ' · '), span('text.accent', fix)]),
];
