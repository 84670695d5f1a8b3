#if Configuration
@_exported public import Gatehouse
@_exported public import GatehouseClerk
@_exported public import GatehouseTokens
#endif
