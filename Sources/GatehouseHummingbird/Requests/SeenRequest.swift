#if Hummingbird
import GatehouseHTTP
import Hummingbird

/// A request as a guard read it, for the guards after it. This is a class, since contexts are copied often.
final class SeenRequest: Sendable {
    let request: AuthorizationRequest
    private let path: String?
    private let parameters: Parameters

    /// Reads a request. The reading of the previous guard is kept if it is still right: a middleware between the guards may have changed
    /// the request.
    init(_ request: Request, _ context: some PrincipalRequestContext, after earlier: SeenRequest?) {
        (path, parameters) = (context.endpointPath, context.parameters)
        var read: AuthorizationRequest
        if let earlier, earlier.path == path, earlier.parameters.hasSameElements(as: parameters) {
            read = AuthorizationRequest(request.head, after: earlier.request, principal: context.principal)
        } else {
            let id = earlier?.request.requestID ?? context.knownID
            read = AuthorizationRequest(request.head, knownAs: id, principal: context.principal)
            read.addParameters(parameters)
            // Hummingbird keeps only the last value of a placeholder.
            for name in (path ?? "").placeholders.repeated { read.addParameter(name, "") }
        }
        read.isDecided = context.access.isDecided
        self.request = read
    }
}

extension AuthorizationRequest {
    /// Adds the parameters that Hummingbird's router read from the path, which are still percent-encoded.
    mutating func addParameters(_ parameters: Parameters) {
        for (name, value) in parameters { addEncodedParameter(String(name), String(value)) }
    }
}

extension Parameters {
    fileprivate func hasSameElements(as other: Parameters) -> Bool {
        elementsEqual(other) { $0.key.utf8.elementsEqual($1.key.utf8) && $0.value.utf8.elementsEqual($1.value.utf8) }
    }
}
#endif
