@_exported public import GatehouseHTTP
@_exported public import GatehouseRecords
