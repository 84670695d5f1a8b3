#if TestServers && PolicyFiles
import GatehouseBase
import GatehouseClerk
import GatehouseTestingServers
import Testing

extension OpenAPIDocument {
    /// Judges what was sent and what the fake answered: that the fake took it is not enough, nor that the client did.
    static func judge(_ request: FakeClerk.Request, sourceLocation: SourceLocation = #_sourceLocation) {
        guard let document = bapi, let operation = request.operation.flatMap({ ClerkOperation.named($0) }) else {
            return
        }
        let (method, path) = (operation.method.rawValue, operation.path)
        var found = document.violations(of: request.answer, method: method, path: path, status: request.status)
        if request.status < 300 {
            if request.body != .null { found += document.violations(ofBody: request.body, method: method, path: path) }
            for parameter in request.query.members where !document.hasQuery(parameter.name, method: method, path: path)
            {
                found.append("query \(parameter.name): is not described")
            }
        }
        #expect(found.isEmpty, "\(operation.id) (\(request.status))", sourceLocation: sourceLocation)
    }
}
#endif
