#if TestServers
import Foundation
import GatehouseBase
import GatehouseClerk

extension FakeClerk {
    /// Answers a request, with the fault that a test asked for.
    func respond(to request: FakeExchange.Request) -> FakeExchange.Answer {
        if request.path == "/.well-known/jwks.json" { return FakeExchange.Answer(200, keyPair.jwks) }
        if request.path.hasPrefix("/__fake/") { return control(request.path, request.body) }
        let fault = nextFault()
        switch fault {
        case .status(let status, let retryAfter)?:
            let refusal = FakeRefusal(status, "fake_fault", "A fault that was asked for.", retryAfter: retryAfter)
            return refuse(refusal, note(request, nil, .null, .null))
        case .html(let status)?:
            record(note(request, nil, .null, .null)(status, .null))
            var answer = FakeExchange.Answer(status, nil)
            answer.contentType = "text/html"
            answer.body = Array("<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>".utf8)
            return answer
        default:
            var answer = answer(request)
            answer.fault = fault
            return answer
        }
    }

    private typealias Note = (Int, JSONValue) -> Request

    private func note(_ request: FakeExchange.Request, _ operation: String?, _ query: JSONValue, _ body: JSONValue)
        -> Note
    {
        { status, answer in
            Request(
                operation: operation,
                method: request.method,
                path: Self.withoutVersion(request.path),
                query: query,
                body: body,
                status: status,
                answer: answer
            )
        }
    }

    private static func withoutVersion(_ path: String) -> String {
        path.hasPrefix("/v1/") ? String(path.dropFirst(3)) : path
    }

    private func answer(_ request: FakeExchange.Request) -> FakeExchange.Answer {
        var note = self.note(request, nil, .null, .null)
        do throws(FakeRefusal) {
            try authorize(request)
            let (operation, ids) = try Self.operation(request.method, Self.withoutVersion(request.path))
            if operation.id != "GetJWKS", let seconds = secondsOverLimit() {
                throw FakeRefusal(429, "too_many_requests", "Too many requests.", retryAfter: seconds)
            }
            let query = try Self.query(request.query, of: operation)
            let content = try Self.content(request.body, request.contentType ?? "", of: operation)
            note = self.note(request, operation.id, query, content ?? .null)
            if let problem = operation.problem(inQuery: query) ?? operation.problem(inBody: content) {
                let code = problem.isUnknown ? "form_param_unknown" : "form_param_value_invalid"
                throw .invalid(problem.name, problem.message, code: code)
            }
            let call = FakeCall(operation: operation, ids: ids, query: query, body: content ?? [:])
            let answer = try perform(call)
            record(note(operation.status, answer))
            return FakeExchange.Answer(operation.status, operation.status == 204 ? JSONValue?.none : answer)
        } catch {
            return refuse(error, note)
        }
    }

    private func refuse(_ refusal: FakeRefusal, _ note: Note) -> FakeExchange.Answer {
        let body = refusal.body(traceID: "trace_" + String(requests.count + 1))
        record(note(refusal.status, body))
        var answer = FakeExchange.Answer(refusal.status, body)
        answer.retryAfter = refusal.retryAfter
        return answer
    }

    private func authorize(_ request: FakeExchange.Request) throws(FakeRefusal) {
        guard request.authorization == "Bearer \(secretKeyText)" else {
            throw FakeRefusal(401, "clerk_key_invalid", "The provided Clerk Secret Key is invalid.")
        }
        let versions = ["2021-02-05", "2024-10-01", "2025-04-10", "2025-11-10", "2026-05-12"]
        if let version = request.version, !versions.contains(version) {
            throw FakeRefusal(400, "api_version_invalid", "There is no such version of the API.")
        }
    }

    /// Returns the operation at a path, and the ids in the path. A fixed segment of the path takes precedence over an id.
    private static func operation(_ method: String, _ path: String) throws(FakeRefusal) -> (ClerkOperation, [String]) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        var isPathKnown = false
        var found: (operation: ClerkOperation, ids: [String])?
        for operation in ClerkOperation.all {
            let expected = operation.path.split(separator: "/")
            guard expected.count == parts.count else { continue }
            var ids: [String] = []
            let fits = zip(expected, parts).allSatisfy { expected, part in
                guard expected.hasPrefix("{") else { return expected == part }
                guard let id = part.removingPercentEncoding, !id.isEmpty else { return false }
                ids.append(id)
                return true
            }
            guard fits else { continue }
            isPathKnown = true
            guard operation.method.rawValue == method else { continue }
            if found.map({ ids.count < $0.ids.count }) ?? true { found = (operation, ids) }
        }
        guard let found else {
            throw isPathKnown
                ? FakeRefusal(405, "method_not_allowed", "The path does not take this method.")
                : FakeRefusal(404, "resource_not_found", "There is no such path, or the fake does not know it.")
        }
        return found
    }
}
#endif
