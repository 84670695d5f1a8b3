import Foundation
import GatehouseClerk
import GatehouseTesting
import GatehouseTokens

/// What Clerk's client costs beside the bare transport, and how much memory a long list takes. It is of a process of its own: the peak of
/// resident memory only grows.
enum ClerkRequests {
    static func passes() async throws -> Bool {
        let overhead = try await overhead()
        let (short, long) = try await peaks()
        let growth = Double(long - short) / 1_024
        var passes = report("a request by the client, beside the bare transport, µs", overhead, atMost: 50)
        passes =
            report(
                "10,000 members listed by 500, peak beside that of 1,000 (\(short / 1_024) MB), MB",
                growth,
                atMost: 2
            )
            && passes
        return passes
    }

    /// Microseconds, the least of several rounds.
    private static func overhead() async throws -> Double {
        let answer = "{\"data\":[\(membership(1))],\"total_count\":1}"
        let transport = Answering { _ in answer }
        let client = try client(transport)
        let request = HTTPTransportRequest(
            url: "https://api.clerk.com/v1/organizations/org_1/memberships?user_id=user_1&limit=1",
            deadline: .seconds(20),
            maximumResponseByteCount: 1 << 24
        )
        var least = Double.infinity
        for _ in 0..<10 {
            let bare = try await microseconds { _ = try await transport.send(request) }
            let whole = try await microseconds { _ = try await client.memberships.get("user_1", in: "org_1") }
            least = min(least, whole - bare)
        }
        return least
    }

    /// Kilobytes of resident memory at most, after 1,000 members and after 10,000.
    private static func peaks() async throws -> (short: Int, long: Int) {
        func list(_ count: Int) async throws -> Int {
            let transport = Answering { url in
                let offset = url.split(separator: "&").first { $0.hasPrefix("offset=") }.flatMap {
                    Int($0.dropFirst(7))
                }
                let members = (offset ?? 0)..<min((offset ?? 0) + 500, count)
                return "{\"data\":[\(members.map(membership).joined(separator: ","))],\"total_count\":\(count)}"
            }
            var found = 0
            for try await member in try client(transport).memberships.list(in: "org_1") where member.role != nil {
                found += 1
            }
            precondition(found == count)
            return peak()
        }
        // The allocator's own pools are there after the first.
        _ = try await list(1_000)
        return (try await list(1_000), try await list(10_000))
    }

    private static func client(_ transport: any HTTPTransport) throws -> ClerkClient {
        try ClerkClient(
            secretKey: try ClerkSecretKey("sk_test_benchmark"),
            transport: transport,
            configuration: .init(
                limits: .init(concurrentRequests: 4, requestsPerSecond: 1_000_000, burst: 1_000_000)
            )
        )
    }

    private static func membership(_ number: Int) -> String {
        """
        {"object":"organization_membership","id":"orgmem_\(number)","role":"org:admin","role_name":"Admin","permissions":\
        ["org:sys_profile:manage","org:sys_memberships:read","org:invoices:read","org:invoices:void"],"public_metadata":{},\
        "private_metadata":{},"organization":{"object":"organization","id":"org_1","name":"Acme","slug":"acme",\
        "image_url":"https://img.clerk.com/acme","has_image":false,"max_allowed_memberships":0,"admin_delete_enabled":true,\
        "public_metadata":{},"created_at":1700000000000,"updated_at":1700000000000},"public_user_data":{"user_id":"user_1",\
        "first_name":"Ada","last_name":"L","image_url":"https://img.clerk.com/ada","has_image":false,\
        "identifier":"ada\(number)@example.com"},"created_at":1700000000000,"updated_at":1700000000000}
        """
    }

    private static func microseconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        for _ in 0..<2_000 { try await body() }
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return (Double(seconds) * 1e6 + Double(attoseconds) * 1e-12) / 2_000
    }

    private static func peak() -> Int {
        var usage = rusage()
        getrusage(0, &usage)  // RUSAGE_SELF, of another type on each system
        #if canImport(Darwin)
        return usage.ru_maxrss / 1_024
        #else
        return usage.ru_maxrss
        #endif
    }

    private static func report(_ name: String, _ value: Double, atMost limit: Double) -> Bool {
        let passes = value <= limit
        let shown = name.padding(toLength: max(66, name.count), withPad: " ", startingAt: 0)
        print("\(passes ? "pass" : "FAIL") \(shown) \(String(format: "%.2f", value)) (<= \(limit))")
        return passes
    }

    /// A transport that remembers nothing of what it was asked.
    private struct Answering: HTTPTransport {
        let answer: @Sendable (String) -> String

        func send(_ request: HTTPTransportRequest) async throws(HTTPTransportError) -> HTTPTransportResponse {
            HTTPTransportResponse(status: .ok, body: Array(answer(request.url).utf8))
        }
    }
}
