import GatehouseHTTP
import InMemoryLogging
import Logging
import Testing

@Suite("A log tells the outcome of each request, and no secret")
struct RequestLogTests {
    private let handler = InMemoryLogHandler()

    private func log(_ level: Logger.Level) -> RequestLog {
        let handler = handler
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = level
        return RequestLog(logger)
    }

    private var lines: [String] {
        handler.entries.map { entry in
            let metadata = entry.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return "\(entry.level): \(entry.message) \(metadata.joined(separator: " "))"
        }
    }

    private func request() -> AuthorizationRequest {
        var request = Fixture.request(token: "s3cret", principal: "user_1")
        request.principal?.organization = .init("org_1", slug: "acme")
        return request
    }

    @Test("a refusal is one line at info, with its reason")
    func refusal() {
        let request = request()
        log(.info).rejected(request, Refusals().refused(request, "org:member does not grant it"))
        #expect(
            lines == [
                "info: Request rejected gatehouse.organization.id=org_1 gatehouse.principal.id=user_1 "
                    + "gatehouse.reason.code=forbidden gatehouse.reason.message=org:member does not grant it "
                    + "gatehouse.request.id=request-1 gatehouse.status=403"
            ]
        )
    }

    @Test("a request of nobody is logged without a principal")
    func nobody() {
        let request = Fixture.request()
        log(.info).rejected(request, Refusals().unauthenticated(request))
        #expect(handler.entries.count == 1)
        #expect(handler.entries.allSatisfy { $0.metadata["gatehouse.principal.id"] == nil })
    }

    @Test("a request that goes on is one line at debug, and no line at higher levels")
    func accepted() {
        log(.info).accepted(request())
        #expect(lines.isEmpty)
        log(.debug).accepted(request())
        #expect(
            lines == [
                "debug: Request accepted gatehouse.organization.id=org_1 gatehouse.principal.id=user_1 gatehouse.request.id=request-1"
            ]
        )
    }

    @Test("an id with line breaks brings none into the log")
    func hostile() {
        var request = Fixture.request()
        request.principal = Principal("user\n\u{202E}1")
        log(.debug).accepted(request)
        #expect(handler.entries.first?.metadata["gatehouse.principal.id"] == #"user\u{a}\u{202e}1"#)
    }
}
