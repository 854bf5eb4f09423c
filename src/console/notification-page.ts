import type { CallbackFacts, NotificationFacts, TrailStep } from '../queries/console-notification.ts';
import type { Drawing } from './chart-drawing.ts';
import { type Html, html, trusted } from './html.ts';
import { duration, instant, page, searchForm, table } from './page.ts';

const PRIVACY = 'Recipient, personalisation and content are never shown here.';

/** One notification: where it is, how it came there, and whom it told. */
export function notificationPage(facts: NotificationFacts, drawing: Drawing, now: number): string {
  const [status = ''] = facts.state.split('.');
  const body = html`<h1>Notification ${facts.id}</h1>
<p><strong>${status}</strong>, in state <code>${facts.state}</code>. ${deadline(facts, now)}</p>
<p class="faint">${PRIVACY}</p>
<div class="columns">
<section><h2>Facts</h2>${factTable(facts)}</section>
<section><h2>Trail</h2>${trailTable(facts.trail)}
<h2>Callbacks to the service</h2>${callbacks(facts.callbacks, now)}</section>
</div>
<h2>Where it is in its <a href="/charts/notification">chart</a></h2>
<div class="scroll drawing">${trusted(drawing.svg(new Map([[facts.state, '◀ is here']]), facts.state))}</div>
${searchForm()}`;
  return page({ title: `Notification ${facts.id}`, body });
}

/** The answer to an id that is unknown, or is none. `asked` is what was asked for. */
export function noNotificationPage(asked: string): string {
  const body = html`<h1>There is no such notification</h1>
<p>Nothing is stored under <code>${asked}</code>. An id looks like <code>01234567-89ab-7cde-8f01-23456789abcd</code>;
notifications older than their service’s retention are gone.</p>
${searchForm(asked)}`;
  return page({ title: 'No such notification', body });
}

function factTable(facts: NotificationFacts): Html {
  const entries: [string, string][] = [
    ['Type', `${facts.type}${facts.international ? ', international' : ''}`],
    ['Key', facts.keyType],
    ['Service', facts.serviceName === null ? facts.serviceId : `${facts.serviceName} (${facts.serviceId})`],
    ['Template', `${facts.templateId}, version ${facts.templateVersion}`],
    ['Attempts', `${facts.attempts}${facts.outcomeWasLost ? ', the outcome of one was lost' : ''}`],
    ['Provider', facts.sentBy ?? '–'],
    ['Provider’s reference', facts.providerReference ?? '–'],
    ['Fragments to bill', String(facts.billableUnits)],
    ['Created', instant(facts.createdAt)],
    ['Sent', instant(facts.sentAt)],
    ['Status last changed', instant(facts.updatedAt)],
    ['Next deadline', instant(facts.wakeAt)],
    ['Pool', facts.pool ?? '–'],
    ['Held by node', facts.leasedBy === null ? '–' : String(facts.leasedBy)],
    ['Row version', String(facts.version)],
    ['Request', facts.requestId],
  ];
  const rows = entries.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return html`<table><tbody>${rows}</tbody></table>`;
}

function trailTable(trail: readonly TrailStep[]): Html {
  const rows = trail.map(({ at, event, from, to }, index) => {
    const before = trail[index - 1];
    return html`<tr><td>${instant(at)}</td><td class="number">${before ? `+ ${duration(at - before.at)}` : ''}</td>
<td><code>${event}</code></td><td><code>${from ?? '–'}</code></td><td><code>${to}</code></td></tr>`;
  });
  return table(['Time', 'After', 'Event', 'From', 'To'], rows, ['After']);
}

function callbacks(list: readonly CallbackFacts[], now: number): Html {
  if (list.length === 0) return html`<p>None.</p>`;
  return html`${list.map(
    (
      callback,
    ) => html`<p><code>${callback.id}</code>: <strong>${callback.state}</strong>, calls begun: ${callback.attempts}.
${deadline(callback, now)}</p>${trailTable(callback.trail)}`,
  )}`;
}

function deadline({ wakeAt }: { wakeAt: number | null }, now: number): string {
  if (wakeAt === null) return 'It has ended.';
  return wakeAt >= now ? `Looked at again in ${duration(wakeAt - now)}.` : `Overdue by ${duration(now - wakeAt)}.`;
}
