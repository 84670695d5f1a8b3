@_exported public import GatehouseBase
