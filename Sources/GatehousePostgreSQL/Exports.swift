#if PostgreSQL
@_exported public import GatehouseRecords
#endif
