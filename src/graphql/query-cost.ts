/** What an operation costs and may cost, in points, as `extensions.cost` tells it. */
export interface QueryCost {
  requested: number;
  limit: number;
}
