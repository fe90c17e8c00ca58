import { galleryPages } from '../../src/ui/gallery/index.ts';
import { openGallery } from '../support/gallery-site.ts';
import { describePageRules } from '../support/page-rules.ts';

describePageRules(
  'The page kit’s gallery',
  galleryPages.map(({ path }) => ({ route: path, path })),
  () => openGallery(),
);
