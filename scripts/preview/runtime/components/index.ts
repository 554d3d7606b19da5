import { elementName } from '../../compile/builtins.ts';
import { ButtonElement } from './button.ts';
import { CanvasElement } from './canvas.ts';
import { CheckboxElement, CheckboxGroupElement } from './checkbox.ts';
import { FormElement } from './form.ts';
import { IconElement } from './icon.ts';
import { ImageElement } from './image.ts';
import { InputElement } from './input.ts';
import { LabelElement } from './label.ts';
import { NavigatorElement } from './navigator.ts';
import { PageMetaElement } from './page-meta.ts';
import { PickerElement } from './picker.ts';
import { ProgressElement } from './progress.ts';
import { RadioElement, RadioGroupElement } from './radio.ts';
import { RichTextElement } from './rich-text.ts';
import { ScrollViewElement } from './scroll-view.ts';
import { SliderElement } from './slider.ts';
import { SwiperElement, SwiperItemElement } from './swiper.ts';
import { SwitchElement } from './switch.ts';
import { TextElement } from './text.ts';
import { TextareaElement } from './textarea.ts';
import { CoverViewElement, PageElement, ViewElement } from './view.ts';

const ELEMENTS: Record<string, CustomElementConstructor> = {
  button: ButtonElement,
  canvas: CanvasElement,
  checkbox: CheckboxElement,
  'checkbox-group': CheckboxGroupElement,
  'cover-view': CoverViewElement,
  form: FormElement,
  icon: IconElement,
  image: ImageElement,
  input: InputElement,
  label: LabelElement,
  navigator: NavigatorElement,
  page: PageElement,
  'page-meta': PageMetaElement,
  picker: PickerElement,
  progress: ProgressElement,
  radio: RadioElement,
  'radio-group': RadioGroupElement,
  'rich-text': RichTextElement,
  'scroll-view': ScrollViewElement,
  slider: SliderElement,
  swiper: SwiperElement,
  'swiper-item': SwiperItemElement,
  switch: SwitchElement,
  text: TextElement,
  textarea: TextareaElement,
  view: ViewElement,
};

for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(elementName(name), element);
