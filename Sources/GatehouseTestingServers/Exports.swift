@_exported public import GatehouseTesting
