import { type Client, nanoUsdFromUsd } from '@pointsman/contracts';
import { applyLimit, type BudgetAccount, isEmpty, openAccount } from './budget-account.ts';
import { type BudgetWindow, budgetWindows } from './budget-window.ts';

type Pages = { [window in BudgetWindow]?: BudgetAccount };

/** The accounts of all clients: one per client and window, and those of past windows until their last call has ended. */
export type AccountBook = {
  /** The accounts a call of this client must be held in, under the client's present limits. */
  concerned(client: Client): BudgetAccount[];
  of(clientId: string): BudgetAccount[];
  all(): BudgetAccount[];
  /** Drops accounts that hold nothing; the next call opens them again. */
  forgetEmpty(): void;
};

export function createAccountBook(now: () => number): AccountBook {
  const open = new Map<string, Pages>();
  const past = new Set<BudgetAccount>();
  let windows = budgetWindows(now());

  function page(client: Client, window: BudgetWindow, limitUsd: number): BudgetAccount {
    let pages = open.get(client.id);
    if (pages === undefined) {
      pages = {};
      open.set(client.id, pages);
    }
    let account = pages[window];
    if (account === undefined || account.start !== windows[window].start) {
      if (account !== undefined) past.add(account);
      account = openAccount(client.id, window, windows[window]);
      pages[window] = account;
    }
    if (account.limitUsd !== limitUsd) applyLimit(account, limitUsd, nanoUsdFromUsd(limitUsd));
    return account;
  }

  const pagesOf = (pages: Pages | undefined): BudgetAccount[] =>
    [pages?.day, pages?.month].filter((account) => account !== undefined);

  return {
    concerned(client) {
      const nowMs = now();
      if (nowMs >= windows.day.resetsAtMs) windows = budgetWindows(nowMs);
      const { budgetDayUsd, budgetMonthUsd } = client.limits;
      const concerned: BudgetAccount[] = [];
      if (budgetDayUsd !== undefined) concerned.push(page(client, 'day', budgetDayUsd));
      if (budgetMonthUsd !== undefined) concerned.push(page(client, 'month', budgetMonthUsd));
      return concerned;
    },
    of: (clientId) => pagesOf(open.get(clientId)),
    all: () => [...[...open.values()].flatMap(pagesOf), ...past],
    forgetEmpty() {
      for (const account of past) if (isEmpty(account)) past.delete(account);
      for (const [clientId, pages] of open) {
        if (pagesOf(pages).every((account) => isEmpty(account) && account.idleRenewals > 0 && account.demand === 0)) {
          open.delete(clientId);
        }
      }
    },
  };
}
