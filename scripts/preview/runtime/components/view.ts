import { WxElement } from '../dom/wx-element.ts';

/** `<view>`: a box, and nothing more. */
export class ViewElement extends WxElement {}

/** `<cover-view>`: once the only box that could lie over a map or a video, now a `<view>`. */
export class CoverViewElement extends WxElement {}

/** The page itself, which WXSS calls `page`. */
export class PageElement extends WxElement {}
