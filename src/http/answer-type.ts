export const JSON_TYPE = 'application/json';
export const GRAPHQL_RESPONSE_TYPE = 'application/graphql-response+json';

interface Range {
  type: string;
  quality: number;
}

const readRange = (text: string): Range => {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: quality ? Number(quality.slice(2)) || 0 : 1 };
};

/** The range that says most exactly how welcome a type is. */
const rangeFor = (type: string, ranges: readonly Range[]): Range | undefined =>
  [type, `${type.split('/')[0]}/*`, '*/*']
    .map((pattern) => ranges.find((range) => range.type === pattern))
    .find((range) => range !== undefined);

/** What Apollo calls a type when it answers in it. */
const CONTENT_TYPES: Record<string, string> = {
  [JSON_TYPE]: `${JSON_TYPE}; charset=utf-8`,
  [GRAPHQL_RESPONSE_TYPE]: `${GRAPHQL_RESPONSE_TYPE}; charset=utf-8`,
};

/** The content type for an Accept header that was narrowed down to one type, or to any. */
export const contentTypeFor = (accept: string | undefined): string =>
  CONTENT_TYPES[accept ?? JSON_TYPE] ?? CONTENT_TYPES[JSON_TYPE]!;

/**
 * The type of answer that an Accept header asks for: `application/json` where it does not matter; null when the header takes
 * none that we have.
 */
export function chooseAnswerType(accept: string | undefined): { type: string; isLegacy: boolean } | null {
  if (accept === undefined || accept.trim() === '') return { type: JSON_TYPE, isLegacy: false };
  const ranges = accept.split(',').map(readRange);
  const json = rangeFor(JSON_TYPE, ranges);
  const response = rangeFor(GRAPHQL_RESPONSE_TYPE, ranges);
  const qualityOfJson = json?.quality ?? 0;
  const qualityOfResponse = response?.quality ?? 0;
  if (qualityOfJson === 0 && qualityOfResponse === 0) return null;
  const isFirst = ranges.indexOf(response!) < ranges.indexOf(json!);
  const prefersResponse = qualityOfResponse > qualityOfJson || (qualityOfResponse === qualityOfJson && isFirst);
  return { type: prefersResponse ? GRAPHQL_RESPONSE_TYPE : JSON_TYPE, isLegacy: qualityOfResponse === 0 };
}
