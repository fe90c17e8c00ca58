/** One thing drawn: its length, and what it is said to be. */
export interface Mark {
  readonly label: string;
  readonly value: number;
  readonly shown: string;
}

export interface PictureProps {
  readonly shape: 'bars' | 'columns' | 'line';
  readonly title: string;
  readonly marks: readonly Mark[];
}

const width = 480;
/** Colours of a picture that stands alone; on a page, the style sheet's. */
const ink = '#3148b8';
const text = '#645f57';
const line = '#8a857b';

/** Drawn by the server: no script, no style in it; its numbers are in the table beside it. */
export function ChartPicture(props: PictureProps) {
  const height = props.shape === 'bars' ? props.marks.length * barStep + 8 : 280;
  return (
    <figure class="chart">
      <svg
        xmlns="http://www.w3.org/2000/svg"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={props.title}
        font-family="system-ui, sans-serif"
        font-size="13"
      >
        <title>{props.title}</title>
        {props.shape === 'bars' ? <Bars marks={props.marks} /> : <Upright marks={props.marks} shape={props.shape} />}
      </svg>
      <figcaption>{props.title}</figcaption>
    </figure>
  );
}

const barStep = 28;
const labelWidth = 150;
const valueWidth = 100;

/** From the least (0 at most) to the largest (0 at least): bars begin at zero, or their lengths would lie. */
function scaleOf(marks: readonly Mark[]): { readonly low: number; readonly span: number } {
  const values = marks.map(({ value }) => value);
  const low = Math.min(0, ...values);
  return { low, span: Math.max(1e-9, Math.max(0, ...values) - low) };
}

function Bars(props: { readonly marks: readonly Mark[] }) {
  const { low, span } = scaleOf(props.marks);
  const room = width - labelWidth - valueWidth;
  const at = (value: number): number => labelWidth + ((value - low) / span) * room;
  return (
    <>
      {props.marks.map((mark, index) => {
        const top = index * barStep + 4;
        const [left, right] = [Math.min(at(0), at(mark.value)), Math.max(at(0), at(mark.value))];
        return (
          <g>
            <title>{`${mark.label} : ${mark.shown}`}</title>
            <text x={labelWidth - 8} y={top + 15} text-anchor="end" fill={text} class="label">
              {short(mark.label, 20)}
            </text>
            <rect
              x={rounded(left)}
              y={top}
              width={rounded(Math.max(1, right - left))}
              height={20}
              rx={2}
              fill={ink}
              class="mark"
            />
            <text x={rounded(right + 6)} y={top + 15} fill={text} class="label">
              {mark.shown}
            </text>
          </g>
        );
      })}
    </>
  );
}

const floor = 240;
const ceiling = 24;
const side = 12;

function Upright(props: { readonly marks: readonly Mark[]; readonly shape: 'columns' | 'line' }) {
  const { marks, shape } = props;
  const { low, span } = scaleOf(marks);
  const step = (width - 2 * side) / Math.max(1, marks.length);
  const x = (index: number): number => side + step * (index + 0.5);
  const y = (value: number): number => floor - ((value - low) / span) * (floor - ceiling);
  const every = Math.max(1, Math.ceil(marks.length / 6));
  const areFew = marks.length <= 10;
  return (
    <>
      <line x1={side} x2={width - side} y1={rounded(y(0))} y2={rounded(y(0))} stroke={line} class="axis" />
      {shape === 'line' ? (
        <polyline
          points={marks.map(({ value }, index) => `${rounded(x(index))},${rounded(y(value))}`).join(' ')}
          fill="none"
          stroke={ink}
          stroke-width="2"
          class="line"
        />
      ) : null}
      {marks.map((mark, index) => {
        const [top, bottom] = [Math.min(y(0), y(mark.value)), Math.max(y(0), y(mark.value))];
        return (
          <g>
            <title>{`${mark.label} : ${mark.shown}`}</title>
            {shape === 'line' ? (
              <circle cx={rounded(x(index))} cy={rounded(y(mark.value))} r={areFew ? 4 : 2.5} fill={ink} class="mark" />
            ) : (
              <rect
                x={rounded(x(index) - step * 0.36)}
                y={rounded(top)}
                width={rounded(step * 0.72)}
                height={rounded(Math.max(1, bottom - top))}
                fill={ink}
                class="mark"
              />
            )}
            {areFew ? (
              <text x={rounded(x(index))} y={rounded(top - 6)} text-anchor="middle" fill={text} class="label">
                {short(mark.shown, Math.floor(step / 7))}
              </text>
            ) : null}
            {index % every === 0 ? (
              <text x={rounded(x(index))} y={floor + 22} text-anchor="middle" fill={text} class="label">
                {short(mark.label, Math.floor((step * every) / 7))}
              </text>
            ) : null}
          </g>
        );
      })}
    </>
  );
}

function short(words: string, most: number): string {
  const length = Math.max(3, most);
  return words.length > length ? `${words.slice(0, length - 1).trimEnd()}…` : words;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
