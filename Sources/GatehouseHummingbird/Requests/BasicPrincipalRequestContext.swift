#if Hummingbird
import GatehouseHTTP
public import Hummingbird

/// The smallest context that has the principal of the request.
public struct BasicPrincipalRequestContext: PrincipalRequestContext {
    public var coreContext: CoreRequestContextStorage
    public var access = RequestAccess()

    public init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
#endif
