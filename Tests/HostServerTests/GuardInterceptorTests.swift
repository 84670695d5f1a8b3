#if NIO && Hummingbird && FlyingFox && GRPC
import GRPCCore
import GatehouseGRPC
import Testing

@Suite("gRPC calls are decided by service and method", .serialized)
struct GuardInterceptorTests {
    private static var rules: RouteRules {
        get throws {
            RouteRules(
                try RouteRule("/billing.Invoices/Health", requires: .public),
                try RouteRule("/billing.Invoices/Read", requires: .permission("org:invoices:read")),
                try RouteRule("/billing.Invoices/Void", requires: .permission("org:invoices:void")),
                try RouteRule("/billing.Invoices/Undecided", requires: .custom("down") { _ in .unavailable("down") }),
                try RouteRule("/billing.Invoices/Throwing", requires: .authenticated),
                try RouteRule("/billing.Invoices/Mistaken", requires: .authenticated),
                try RouteRule("/billing.Invoices/Misconfigured", requires: .authenticated),
                try RouteRule("/billing.Invoices/Down", requires: .authenticated),
                try RouteRule("/billing.Invoices/StepUp", requires: .factor(.strict))
            )
        }
    }

    private static let calls: [(caller: Caller, method: String, code: RPCError.Code?, answer: String)] = [
        (.nobody, "Health", nil, "nobodynobody"), (.forged, "Health", nil, "nobodynobody"),
        (.nobody, "Read", .unauthenticated, ""), (.member, "Read", nil, "membermember"),
        (.expired, "Read", .unauthenticated, ""), (.forged, "Read", .unauthenticated, ""),
        (.member, "Void", .permissionDenied, ""), (.admin, "Void", nil, "adminadmin"),
        (.member, "Undecided", .unavailable, ""), (.nobody, "Unlisted", .unauthenticated, ""),
        (.admin, "Unlisted", .permissionDenied, ""), (.admin, "Throwing", .permissionDenied, ""),
        (.admin, "Mistaken", .invalidArgument, ""), (.admin, "Misconfigured", .internalError, ""),
        (.admin, "Down", .unavailable, ""),
        (.nobody, "Missing", .unimplemented, ""), (.admin, "Missing", .unimplemented, ""),
        (.member, "StepUp", .permissionDenied, ""), (.stepped, "StepUp", nil, "steppedstepped"),
    ]

    @Test("each call has the status that gRPC has for its refusal", arguments: GRPCHost.allCases)
    func statuses(host: GRPCHost) async throws {
        try await host.run(try GuardedAPI(), try Self.rules) { call in
            for (caller, method, code, answer) in Self.calls {
                var metadata = Metadata()
                if let token = try caller.token { metadata.addString("Bearer \(token)", forKey: "authorization") }
                switch try await call(method, metadata) {
                case .success(let text): #expect(code == nil && text == answer, "\(caller) \(method)")
                case .failure(let error):
                    #expect(error.code == code, "\(caller) \(method): \(error)")
                    let challenges = Array(error.metadata[stringValues: "www-authenticate"])
                    #expect(challenges.count == (error.code == .unauthenticated ? 1 : 0), "\(caller) \(method)")
                    let retries = Array(error.metadata[stringValues: "retry-after"])
                    #expect(retries == (error.code == .unavailable ? ["5"] : []), "\(caller) \(method)")
                }
            }
        }
    }

    @Test("two credentials, a binary one and one of another name count as none", arguments: GRPCHost.allCases)
    func odd(host: GRPCHost) async throws {
        let token = try #require(try Caller.member.token)
        let credential = "Bearer \(token)"
        let odd: [(name: String, metadata: Metadata)] = [
            ("two", ["authorization": .string(credential), "authorization": .string(credential)]),
            ("another before", ["authorization": "Basic x", "authorization": .string(credential)]),
            ("in two cases", ["authorization": .string(credential), "Authorization": .string(credential)]),
            ("binary", ["authorization-bin": .binary(Array(credential.utf8))]),
            ("joined", ["authorization": .string("\(credential), \(credential)")]),
            ("without a scheme", ["authorization": .string(token)]),
            ("another name", ["x-gatehouse-user": "admin", "proxy-authorization": .string(credential)]),
            ("empty", ["authorization": ""]),
        ]
        try await host.run(try GuardedAPI(), try Self.rules) { call in
            for (name, metadata) in odd {
                guard case .failure(let error) = try await call("Read", metadata) else {
                    Issue.record("a call goes on without a credential: \(name)")
                    continue
                }
                #expect(error.code == .unauthenticated, "\(name): \(error)")
            }
            // Beside a good credential nothing else matters.
            var good: Metadata = ["authorization": .string(credential), "x-a": "b", "x-a": "c"]
            good.addBinary([0, 255], forKey: "trace-bin")
            good.addBinary(Array("Basic x".utf8), forKey: "authorization-bin")
            guard case .success("membermember") = try await call("Read", good) else {
                Issue.record("a good credential is refused")
                return
            }
        }
    }

    @Test(
        "a call that ends while the guard decides ends the question to the guard",
        .timeLimit(.minutes(1)),
        arguments: [true, false]
    )
    func ended(isTaskCancelled: Bool) async throws {
        let patient = PatientGuard()
        let interceptor = GuardInterceptor(patient, logger: .silent)
        await withServerContextRPCCancellationHandle { handle in
            let context = ServerContext(
                descriptor: MethodDescriptor(fullyQualifiedService: "billing.Invoices", method: "Read"),
                remotePeer: "test:1",
                localPeer: "test:2",
                cancellation: handle
            )
            let call = Task {
                try await interceptor.intercept(
                    request: StreamingServerRequest(single: ServerRequest(metadata: [:], message: "x")),
                    context: context
                ) { _, _ in StreamingServerResponse<String> { _ in [:] } }
            }
            for await _ in patient.asked.stream { break }
            if isTaskCancelled { call.cancel() } else { handle.cancel() }
            for await _ in patient.cancelled.stream { break }
            await #expect(throws: RPCError.self) { try await call.value }
        }
    }

    @Test("metadata that has a path of its own changes nothing")
    func pseudoFields() async throws {
        let token = try #require(try Caller.member.token)
        let metadata: Metadata = [":path": "/billing.Invoices/Health", ":authorization": .string("Bearer \(token)")]
        try await GRPCHost.inProcess.run(try GuardedAPI(), try Self.rules) { call in
            guard case .failure(let error) = try await call("Read", metadata) else {
                Issue.record("a call goes on without a credential")
                return
            }
            #expect(error.code == .unauthenticated)
        }
    }
}
#endif
