import { allow, inArea } from '../../core/ability.ts';
import type { Feature } from '../../core/feature.ts';
import { intents } from './chat.ts';
import { gridRoutes } from './grids/http.ts';
import { gridVersionSchema } from './grids/model.ts';
import { routes } from './http.ts';
import { importChunkSchema, importSchema } from './import/redo.ts';
import { jobs } from './jobs.ts';
import { areaSchema, counterSchema } from './model.ts';

export { type AreaLevel, communityOf, gridOf, LEVELS, levelOf, lineage, parentOf, streetOf } from './codes.ts';
export { dutyPhoneFor } from './duty-phone.ts';
export { type Address, addressIn, type FoundAddress } from './grids/address.ts';
export { type Gazetteer, gazetteerOf, type PlaceInGrid } from './grids/gazetteer.ts';
export { importPlaces } from './grids/import.ts';
export type { GridVersion, Place, Polygon } from './grids/model.ts';
export { askBuilding, askWhere, unknownBuilding, type Where, whereSaid, whereSchema } from './grids/said.ts';
export { addVersion, placesIn, versionId } from './grids/service.ts';
export { importAreas } from './import/areas.ts';
export type { Table, TableRow } from './import/columns.ts';
export { importRoute } from './import/http.ts';
export { resumeImports, type Write } from './import/redo.ts';
export type { ImportOptions, ImportReport, RowProblem } from './import/report.ts';
export { type ImportKind, runImport } from './import/run.ts';
export { incidentTargetsFor } from './incident-targets.ts';
export { DEFAULT_INCIDENT_TARGETS, type IncidentTargets, URGENCIES, type Urgency } from './incident-terms.ts';
export { communitiesMeant, inCommunitiesMeant } from './meant.ts';
export { areasChanged, type NamedArea } from './memory.ts';
export { type Area, type ChatGroup, DEFAULT_TARGETS, type OfficeHours, type Targets } from './model.ts';
export { nextNumber } from './numbers.ts';
export {
  DEFAULT_OFFICE_HOURS,
  officeHoursFor,
  officeHoursWords,
  opensAt,
  opensWords,
} from './office-hours.ts';
export { placeName, searchAreas } from './search.ts';
export { areasOf, childrenOf, citiesOf, findArea, subtreeOf, targetsFor } from './service.ts';
export { areaOfGroup } from './settings.ts';
export { homeSite, type Site, siteAt } from './site.ts';

/** Where things are: city › county › street › community › grid, their settings and their human numbers. */
export const areas: Feature = {
  name: 'areas',
  uses: [],
  models: {
    areas: areaSchema,
    grid_versions: gridVersionSchema,
    counters: counterSchema,
    imports: importSchema,
    import_chunks: importChunkSchema,
  },
  rules: [
    allow('anyone', ['read'], 'area', () => ({})),
    allow(['admin'], ['configure', 'import', 'bind'], 'area', inArea),
    // When its office is open a community's secretary knows best.
    allow(['secretary', 'admin'], ['arrange'], 'area', inArea),
    // Who serves a place knows which chat group is its own.
    allow(['secretary', 'grid_worker'], ['bind'], 'area', inArea),
  ],
  lifecycles: [],
  routes: [...routes, ...gridRoutes],
  intents,
  jobs,
  messages: {},
};
