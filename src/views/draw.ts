import type { ViewSource } from '../model/index.ts';
import { type BoardAsked, drawBoard } from './kinds/board.tsx';
import { drawChart } from './kinds/chart.tsx';
import { drawCounters } from './kinds/counters.tsx';
import { drawTable } from './kinds/table.tsx';
import type { Drawing, Looking } from './looking.ts';

/** Reads what a view shows, as the reader may see it. Refuses (403) a type of which they may read no object. */
export function draw(looking: Looking, view: ViewSource, asked: BoardAsked): Promise<Drawing> {
  switch (view.kind) {
    case 'table':
      return drawTable(looking, view);
    case 'board':
      return drawBoard(looking, view, asked);
    case 'counters':
      return drawCounters(looking, view);
    case 'chart':
      return drawChart(looking, view);
  }
}
