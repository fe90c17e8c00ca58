import PDFDocument from 'pdfkit';
import type { Language } from '../../../kernel/index.ts';
import { typeset } from './characters.ts';
import { fontOf, type Weight } from './fonts.ts';

const millimetre = 72 / 25.4;
/** Millimetres as the points of a page. */
export const mm = (length: number): number => length * millimetre;

export const ink = { text: '#1b1b1f', soft: '#55555f', rule: '#c9c9d1', accent: '#2f4b8f' } as const;

export interface PaperOptions {
  readonly language: Language;
  readonly title: string;
  readonly author: string;
  /** Also makes the file: the same content at the same instant gives the same bytes. */
  readonly at: Date;
  /** At the foot of every page, before the page number. */
  readonly foot: string;
}

interface Style {
  readonly size?: number;
  readonly weight?: Weight;
  readonly colour?: string;
  readonly indent?: number;
  /** Points below. */
  readonly after?: number;
}

type Tag = 'H1' | 'H2' | 'H3' | 'P' | 'LI' | 'Code';

/** An A4 document that flows down the page: tagged for screen readers, with its language and title, page numbers at its foot. */
export class Paper {
  readonly doc: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];
  readonly #root: PDFKit.PDFStructureElement;

  constructor(private readonly options: PaperOptions) {
    this.doc = new PDFDocument({
      size: 'A4',
      margins: { top: mm(20), bottom: mm(24), left: mm(22), right: mm(22) },
      bufferPages: true,
      // No standard font: every font of the document is in it.
      font: '',
      pdfVersion: '1.7',
      tagged: true,
      displayTitle: true,
      lang: options.language === 'fr' ? 'fr-FR' : 'en-GB',
      info: { Title: options.title, Author: options.author, CreationDate: options.at, ModDate: options.at },
    });
    for (const weight of ['regular', 'bold', 'code'] as const) this.doc.registerFont(weight, fontOf(weight));
    this.doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#root = this.doc.struct('Document');
    this.doc.addStructure(this.#root);
  }

  get left(): number {
    return this.doc.page.margins.left;
  }

  get width(): number {
    return this.doc.page.width - this.doc.page.margins.left - this.doc.page.margins.right;
  }

  /** Points left above the foot. */
  get room(): number {
    return this.doc.page.height - this.doc.page.margins.bottom - this.doc.y;
  }

  heading(text: string): void {
    this.write('H1', text, { size: 17, weight: 'bold', after: 10 });
  }

  /** `room`: what must fit under the title on the same page. */
  section(text: string, room = mm(30)): void {
    this.keep(room);
    this.gap(8);
    this.write('H2', text, { size: 11.5, weight: 'bold', colour: ink.accent, after: 5 });
  }

  paragraph(text: string, style: Style = {}): void {
    this.write('P', text, style);
  }

  item(text: string, style: Style = {}): void {
    const { doc } = this;
    const size = style.size ?? 10;
    const indent = (style.indent ?? 0) + 11;
    this.keep(size * 2.8);
    this.#element('LI', () => {
      this.#use({ ...style, size });
      const top = doc.y;
      doc.text('–', this.left + indent - 11, top, { lineBreak: false });
      doc.text(this.#set(text), this.left + indent, top, { width: this.width - indent, lineGap: 2.6 });
    });
    doc.x = this.left;
    this.gap(style.after ?? 3);
  }

  /** A term at the left and its value at the right, as in a form. */
  row(term: string, value: string, style: Style = {}): void {
    const { doc } = this;
    const size = style.size ?? 9.5;
    const column = mm(46);
    this.#use({ ...style, size });
    this.keep(Math.min(doc.heightOfString(this.#set(value), { width: this.width - column, lineGap: 2 }), mm(60)));
    this.#element('P', () => {
      const top = doc.y;
      this.#use({ size: 9.5, colour: ink.soft });
      doc.text(this.#set(term), this.left, top, { width: column - 8, lineGap: 2 });
      const below = doc.y;
      this.#use({ ...style, size });
      doc.text(this.#set(value), this.left + column, top, { width: this.width - column, lineGap: 2 });
      doc.y = Math.max(doc.y, below);
    });
    doc.x = this.left;
    this.gap(style.after ?? 2.5);
  }

  write(tag: Tag, text: string, style: Style = {}): void {
    const indent = style.indent ?? 0;
    this.#element(tag, () => {
      this.#use(style);
      this.doc.text(this.#set(text), this.left + indent, this.doc.y, { width: this.width - indent, lineGap: 2.6 });
    });
    this.doc.x = this.left;
    this.gap(style.after ?? 7);
  }

  /** Lines placed where a form wants them, from a height on. Leaves the flow below its last line. */
  block(lines: readonly string[], x: number, y: number, width: number, style: Style = {}): void {
    const { doc } = this;
    this.#element('P', () => {
      this.#use(style);
      doc.text(this.#set(lines.join('\n')), x, y, { width, lineGap: 1.6 });
    });
    doc.x = this.left;
  }

  rule(): void {
    const { doc } = this;
    doc.markContent('Artifact', { type: 'Layout' });
    doc
      .moveTo(this.left, doc.y)
      .lineTo(this.left + this.width, doc.y)
      .lineWidth(0.6)
      .strokeColor(ink.rule)
      .stroke();
    doc.endMarkedContent();
    this.gap(8);
  }

  /** Opens a page when less room than this is left. Never inside an element: its mark must close on the page it opened on. */
  keep(points: number): void {
    if (this.room < points) this.doc.addPage();
  }

  gap(points: number): void {
    this.doc.y += points;
  }

  heightOf(text: string, style: Style = {}): number {
    this.#use(style);
    return this.doc.heightOfString(this.#set(text), { width: this.width - (style.indent ?? 0), lineGap: 2.6 });
  }

  /** Numbers the pages and closes the file. */
  finish(): Promise<Buffer> {
    const { doc } = this;
    this.#root.end();
    const { start, count } = doc.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      doc.switchToPage(page);
      this.#foot(page - start + 1, count);
    }
    return new Promise((resolve, reject) => {
      doc.on('end', () => resolve(Buffer.concat(this.#chunks)));
      doc.on('error', reject);
      doc.end();
    });
  }

  #foot(number: number, count: number): void {
    const { doc } = this;
    const place = this.options.language === 'fr' ? `Page ${number} sur ${count}` : `Page ${number} of ${count}`;
    const y = doc.page.height - mm(15);
    // Below the margin the flow would open another page.
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination' });
    this.#use({ size: 8, colour: ink.soft });
    doc.text(this.#set(this.options.foot), this.left, y, { width: this.width - mm(28), lineGap: 1 });
    doc.text(place, this.left, y, { width: this.width, align: 'right', lineBreak: false });
    doc.endMarkedContent();
  }

  #use(style: Style): void {
    const weight = style.weight ?? 'regular';
    this.doc
      .font(weight)
      .fontSize(style.size ?? 10)
      .fillColor(style.colour ?? ink.text);
  }

  #set(text: string): string {
    return typeset(text, this.options.language);
  }

  #element(tag: Tag, draw: () => void): void {
    this.#root.add(this.doc.struct(tag, {}, draw));
  }
}
