@_exported public import GatehouseHTTP
