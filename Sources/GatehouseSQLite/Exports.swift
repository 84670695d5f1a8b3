#if SQLite
@_exported public import GatehouseRecords
#endif
