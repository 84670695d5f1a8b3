#if Hummingbird
@_exported public import GatehouseHTTP
#endif
