import type { ShownPage } from '../../../core/feature.ts';
import { type Html, html } from '../../../core/html.ts';
import { dayOf } from '../../../core/time.ts';
import { longDay, longMoment, spanWords } from './messages.ts';
import { PAGE_WORDS as WORDS } from './page-words.ts';
import type { PublicTopic } from './public.ts';

/** A topic's public page, from what strangers may read of it. Pure. */

export function topicPage(topic: PublicTopic, now: Date): ShownPage {
  const { number, title, place } = topic;
  return {
    title: WORDS.title(number, title),
    description: WORDS.description(place, WORDS.state(topic)),
    body: html`${head(topic)}
${meeting(topic)}${vote(topic)}${result(topic)}${items(topic, now)}${objections(topic)}${earlier(topic)}${common(topic)}${held(topic)}
<footer><p>${WORDS.foot}</p></footer>`,
  };
}

/** What stands where a topic was that is talked over with another. */
export const mergedPage = ({ id, number }: { id: string; number: number }): ShownPage => ({
  title: WORDS.merged.title,
  description: WORDS.merged.words(number),
  body: html`<header><h1>${WORDS.merged.title}</h1><p>${WORDS.merged.words(number)}</p>
<p><a href="/topics/${id}">${WORDS.merged.link(number)}</a></p></header>`,
});

const section = (heading: string, ...body: (Html | undefined | false)[]): Html =>
  html`<section><h2>${heading}</h2>${body}</section>\n`;
const list = (lines: readonly (string | Html)[]): Html =>
  html`<ul>${lines.map((one) => html`<li class="words">${one}</li>`)}</ul>`;
const words = (text: string | undefined, kind = 'words'): Html | undefined =>
  text === undefined || text === '' ? undefined : html`<p class="${kind}">${text}</p>`;

function head(topic: PublicTopic): Html {
  const { number, title, text, place, proposed } = topic;
  return html`<header>
<p class="soft">${WORDS.kind(place)}</p>
<h1>${WORDS.title(number, title)}</h1>
<p class="state">${WORDS.state(topic)}</p>
${words(text === title ? undefined : text)}
<p>${WORDS.next(topic)}</p>
<p class="soft">${WORDS.proposed(longDay(proposed))}</p>
</header>`;
}

function meeting({ meeting: announced }: PublicTopic): Html | undefined {
  if (!announced) return undefined;
  const { from, until, venue, agenda } = announced;
  return section(
    WORDS.meeting,
    html`<p class="strong">${spanWords(new Date(from), new Date(until))}</p><p>${WORDS.venue(venue)}</p>`,
    agenda.length > 0 &&
      html`<h3>${WORDS.agenda}</h3><ol>${agenda.map((one) => html`<li class="words">${one}</li>`)}</ol>`,
  );
}

function vote({ vote: open }: PublicTopic): Html | undefined {
  if (!open) return undefined;
  const { question, rule, secrecy, from, until, phase } = open;
  return section(
    WORDS.vote,
    words(question, 'words strong'),
    html`<p>${WORDS.voting[phase]} ${WORDS.hours(longMoment(from), longMoment(until))}</p><p class="soft">${WORDS.rule(rule, secrecy)}</p>`,
  );
}

function result(topic: PublicTopic): Html | undefined {
  const { publicity, outcome, state } = topic;
  if (!publicity) return undefined;
  return section(
    outcome === undefined ? WORDS.result : WORDS.resultIs(outcome),
    decided(topic),
    html`<p>${WORDS.publicity(longDay(publicity.from), longDay(publicity.until))}</p>`,
    state === 'publicised' && html`<p>${publicity.awaits ? WORDS.awaits : WORDS.howToObject}</p>`,
  );
}

const decided = ({ result: lines, resolution }: Pick<PublicTopic, 'result' | 'resolution'>): Html =>
  html`${words(resolution === undefined ? undefined : WORDS.resolution(resolution), 'words strong')}${
    lines.length > 0 && html`<h3>${WORDS.arithmetic}</h3>${list(lines)}`
  }`;

function items({ items: all, reviewing, satisfaction, state }: PublicTopic, now: Date): Html | undefined {
  const over = state === 'reviewed';
  if (all.length === 0 && reviewing === undefined) return undefined;
  const done = all.filter((one) => one.done).length;
  const today = dayOf(now);
  return section(
    WORDS.items,
    all.length > 0 && html`<p>${WORDS.done(done, all.length)}</p>`,
    list(
      all.map(
        (one) => html`${one.text}<br><span class="soft">${WORDS.item(daysOf(one), one, one.deadline < today)}</span>`,
      ),
    ),
    reviewing !== undefined && !over && html`<p>${WORDS.reviewing(longDay(reviewing))}</p>`,
    satisfaction !== undefined && html`<p class="strong">${WORDS.satisfaction(satisfaction)}</p>`,
  );
}

const daysOf = ({ deadline, first }: PublicTopic['items'][0]) => ({
  deadline: longDay(deadline),
  first: first === undefined ? undefined : longDay(first),
});

function objections({ objectionCount, objections: shown }: PublicTopic): Html | undefined {
  if (objectionCount === 0) return undefined;
  return section(
    WORDS.objections,
    html`<p>${WORDS.objectionCount(objectionCount, shown.length)}</p>`,
    shown.length > 0 &&
      html`<ol>${shown.map(
        ({ text, answer, upheld }) =>
          html`<li><p class="words">${text}</p>${
            answer !== undefined && html`<p class="words answer">${WORDS.answer(answer, upheld === true)}</p>`
          }</li>`,
      )}</ol>`,
  );
}

function earlier({ earlier: before }: PublicTopic): Html | undefined {
  if (before.length === 0) return undefined;
  return section(
    WORDS.earlier,
    html`<p>${WORDS.takenDown}</p>`,
    ...before.map((one) => html`<h3>${WORDS.hungOut(longDay(one.publicity.from), one.outcome)}</h3>${decided(one)}`),
  );
}

const common = ({ common: agreed }: PublicTopic): Html | undefined =>
  agreed.length === 0 ? undefined : section(WORDS.common, html`<p class="soft">${WORDS.commonMeans}</p>`, list(agreed));

function held({ meetings }: PublicTopic): Html | undefined {
  if (meetings.length === 0) return undefined;
  return section(
    WORDS.held,
    ...meetings.map(
      ({ day, venue, attendance, conclusion, corrected = [] }) =>
        html`<h3>${WORDS.sitting(longDay(day), venue)}</h3>${attendance.map((one) => html`<p>${one}</p>`)}${words(
          conclusion === undefined || conclusion === '' ? undefined : WORDS.conclusion(conclusion),
        )}${corrected.map((one) => html`<p class="soft">${WORDS.corrected(longDay(one.day), one.reason)}</p>`)}`,
    ),
  );
}
