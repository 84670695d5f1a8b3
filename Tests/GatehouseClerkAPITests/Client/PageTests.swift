import GatehouseBase
import GatehouseTesting
import GatehouseTokens
import Testing

@testable import GatehouseClerk

@Suite("Lists, page by page")
struct PageTests {
    /// A server of a list that may change while it is read.
    static func client(_ page: @escaping @Sendable (_ offset: Int, _ limit: Int, _ number: Int) -> String) throws -> (
        ClerkClient, InMemoryTransport
    ) {
        let transport = InMemoryTransport { request, number in
            let query = request.url.split(separator: "?").last?.split(separator: "&") ?? []
            func value(_ name: String) -> Int {
                query.first { $0.hasPrefix(name + "=") }.flatMap { Int($0.dropFirst(name.count + 1)) } ?? -1
            }
            return .json(page(value("offset"), value("limit"), number))
        }
        let limits = ClerkClient.Limits(concurrentRequests: 4, requestsPerSecond: 100_000, burst: 100_000)
        return (
            try ClerkClient(
                secretKey: try ClerkSecretKey(RetryTests.secret),
                transport: transport,
                configuration: .init(limits: limits)
            ), transport
        )
    }

    static func list(_ range: Range<Int>, total: Int) -> String {
        let elements = range.map { #"{"id":"orgmem_\#($0)"}"# }.joined(separator: ",")
        return #"{"data":[\#(elements)],"total_count":\#(total)}"#
    }

    @Test("every object comes once, by pages of at most 500", arguments: [0, 1, 499, 500, 501, 1_250])
    func all(count: Int) async throws {
        let (client, transport) = try Self.client { offset, limit, _ in
            Self.list(offset..<min(offset + limit, count), total: count)
        }
        let ids = try await client.memberships.list(in: "org_1").all().map(\.id)
        #expect(ids == (0..<count).map { "orgmem_\($0)" })
        #expect(transport.requests.count == max(1, (count + 499) / 500))
        #expect(
            transport.requests.allSatisfy { $0.url.contains("limit=500&") && $0.url.contains("order_by=%2Bcreated_at") }
        )
    }

    @Test("a page of more than 500 objects is never asked for", arguments: [(0, 1), (-5, 1), (10, 10), (9_999, 500)])
    func pageSize(asked: Int, sent: Int) async throws {
        let (client, transport) = try Self.client { _, _, _ in Self.list(0..<0, total: 0) }
        _ = try await client.memberships.list(in: "org_1").inPages(of: asked).all()
        #expect(transport.requests.first?.url.contains("limit=\(sent)&") == true)
    }

    @Test("a server that lowers the limit loses nothing")
    func loweredLimit() async throws {
        let (client, _) = try Self.client { offset, _, _ in Self.list(offset..<min(offset + 10, 35), total: 35) }
        #expect(try await client.memberships.list(in: "org_1").all().count == 35)
    }

    @Test("an object that is moved to a later page comes once")
    func moved() async throws {
        let (client, _) = try Self.client { offset, limit, number in
            // Behind the first page an object is put in front of all.
            let shift = number > 0 ? 1 : 0
            return Self.list(max(0, offset - shift)..<min(offset + limit, 601) - shift, total: 600 + shift)
        }
        let ids = try await client.memberships.list(in: "org_1").all().map(\.id)
        #expect(ids.count == Set(ids).count)
        #expect(ids.count == 600)
    }

    @Test("a list that never ends is left when its reader has enough")
    func early() async throws {
        let (client, transport) = try Self.client { offset, limit, _ in Self.list(offset..<offset + limit, total: .max)
        }
        var count = 0
        for try await _ in client.memberships.list(in: "org_1") {
            count += 1
            if count == 750 { break }
        }
        #expect(transport.requests.count == 2)
    }

    @Test("lists that are arrays end with a page that is not full")
    func arrays() async throws {
        let (client, transport) = try Self.client { offset, limit, _ in
            "[" + (offset..<min(offset + limit, 700)).map { #"{"id":"user_\#($0)"}"# }.joined(separator: ",") + "]"
        }
        #expect(try await client.users.list().all().count == 700)
        #expect(transport.requests.count == 2)
    }

    @Test("a failure in the middle is thrown")
    func failing() async throws {
        let (client, _) = try Self.client { offset, limit, number in
            number == 0 ? Self.list(offset..<offset + limit, total: 2_000) : #"{"data":5}"#
        }
        let error = await failure { () async throws(ClerkError) in try await client.memberships.list(in: "org_1").all()
        }
        #expect(error?.code == .invalidAnswer)
    }
}
