import type { Choice } from './labels.ts';

const CHOICES: readonly [words: RegExp, choice: Choice][] = [
  [/弃权|不投票|两边都不/u, 'abstain'],
  [/不同意|不赞成|不支持|反对|不答应|不要搞|投否/u, 'against'],
  [/赞成|同意|支持|赞同|投是|要得|可以/u, 'for'],
];

/** The choice a vote names. */
export function choiceIn(text: string): Choice | undefined {
  return CHOICES.find(([words]) => words.test(text))?.[1];
}
