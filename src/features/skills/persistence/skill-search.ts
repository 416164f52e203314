import type { Conditions } from '../../../database/conditions.js';
import { escapePattern, hasWord, lowered } from '../../../database/pattern.js';

/**
 * How well a text meets the query, from 0 to 1000: the same, then its beginning, then the beginning of one of its words,
 * then likeness of trigrams, which forgives typing errors.
 */
const score = (text: string, query: string, prefix: string): string => `
  case
    when ${text} = ${query} then 1000
    when ${text} like ${prefix} then 900
    when ${text} like '% ' || ${prefix} then 800
    else (700 * greatest(similarity(${text}, ${query}), word_similarity(${query}, ${text})))::integer
  end`;

/** Below this length a query has too few trigrams to be like anything: only beginnings are found. */
const SHORTEST_FOR_LIKENESS = 3;

/** The conditions that the trigram indexes answer. Of `%>` they do, of `<%` Postgres would ask each text once more. */
function matches(text: string, query: string, prefix: string, forgiving: boolean): string {
  if (!forgiving) return `${text} like ${prefix}`;
  return `(${text} like ${prefix} or ${text} like '% ' || ${prefix} or ${text} % ${query} or ${text} %> ${query})`;
}

/**
 * A value that Postgres does not know when it plans. Of a word that is in many names it would expect so many that it compares
 * the trigrams of all of them one by one, which takes it ten times as long as the indexes do.
 */
const unforeseen = (value: string): string => `(select ${value})`;

/** A table `match (id, score)` of the skills whose name or alias meets the query; an alias counts slightly less. */
export function matchingSkills(conditions: Conditions, search: string): string {
  const query = unforeseen(lowered(conditions.value(search)));
  const prefix = unforeseen(lowered(conditions.value(`${escapePattern(search)}%`)));
  const name = 'lower(skill.name)';
  const alias = 'lower(skill_alias.alias)';
  const forgiving = search.length >= SHORTEST_FOR_LIKENESS;
  const meets = (text: string): string => (hasWord(search) ? matches(text, query, prefix, forgiving) : 'false');
  return `(
    select candidate.id, max(candidate.score) as score from (
      select skill.id, ${score(name, query, prefix)} as score from skill where ${meets(name)}
      union all
      select skill_alias.skill_id, ${score(alias, query, prefix)} - 1 from skill_alias where ${meets(alias)}
    ) as candidate (id, score) group by candidate.id
  ) as match`;
}
