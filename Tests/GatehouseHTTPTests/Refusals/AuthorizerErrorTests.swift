import GatehouseHTTP
import InMemoryLogging
import Logging
import Testing

@Suite("An error of an authorizer that a handler lets through tells whose mistake it is")
struct AuthorizerErrorTests {
    /// Each code, with its status and the code of the body.
    static let rows: [(code: AuthorizerError.Code, status: Int, told: String)] = [
        (.sourceFailed, 503, "unavailable"), (.overtaken, 503, "unavailable"), (.tooManyLoads, 503, "unavailable"),
        (.behind, 503, "unavailable"), (.cancelled, 503, "unavailable"), (.busFailed, 503, "unavailable"),
        (.observerFailed, 503, "unavailable"), (.init(rawValue: "teapot"), 503, "unavailable"),
        (.unknownRole, 400, "bad-request"), (.changeRefused, 400, "bad-request"),
        (.noIssuer, 500, "internal-error"), (.noStore, 500, "internal-error"),
    ]

    @Test("each code has its status, and Retry-After only where another attempt may succeed", arguments: rows)
    func answers(row: (code: AuthorizerError.Code, status: Int, told: String)) throws {
        let handler = InMemoryLogHandler()
        for principal in [nil, "user_1"] {
            let request = Fixture.request(principal: principal)
            let error = AuthorizerError(row.code, "s3cret table", retryAfter: .seconds(7))
            let rejection = Refusals().rejection(of: request, for: AccessError(error))
            #expect(rejection.response.status.code == row.status)
            #expect(rejection.response.headerFields[.retryAfter] == (row.status == 503 ? "7" : nil))
            #expect(rejection.response.headerFields[.cacheControl] == "no-store")
            let title = rejection.response.status.reasonPhrase
            #expect(
                String(decoding: rejection.body, as: UTF8.self)
                    == #"{"type":"about:blank","title":"\#(title)","status":\#(row.status),"code":"\#(row.told)","#
                    + #""requestID":"request-1"}"#
            )
            RequestLog(Logger(label: "test") { _ in handler }).rejected(request, rejection)
        }
        #expect(handler.entries.map(\.level) == Array(repeating: row.status == 500 ? .error : .info, count: 2))
        let reason = AuthorizerError(row.code, "s3cret table").description
        #expect(handler.entries.allSatisfy { $0.metadata["gatehouse.reason.message"] == "\(reason)" })
    }

    @Test("a handler throws a plain 403, and its message is in the log alone")
    func plain() {
        let rejection = Refusals().rejection(
            of: Fixture.request(principal: "user_1"),
            for: AccessError(.forbidden, "the document is a draft")
        )
        #expect(rejection.response.status == .forbidden)
        #expect(!String(decoding: rejection.body, as: UTF8.self).contains("draft"))
        #expect(rejection.reason.description == "forbidden: the document is a draft")
    }
}
