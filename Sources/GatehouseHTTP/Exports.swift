@_exported public import Gatehouse
@_exported public import GatehouseTokens
@_exported public import HTTPTypes
