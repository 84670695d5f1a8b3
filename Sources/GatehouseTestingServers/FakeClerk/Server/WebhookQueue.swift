#if TestServers
import GatehouseBase
import GatehouseRecords
import GatehouseTokens
public import HTTPTypes
import Synchronization

/// A signed webhook.
public struct WebhookDelivery: Sendable, Hashable {
    /// The message's id, `msg_…`.
    public let id: String
    /// The kind of event, such as `organizationMembership.deleted`.
    public let type: String
    /// `svix-id`, `svix-timestamp`, `svix-signature` and the type of the content.
    public let headerFields: HTTPFields
    /// The raw body, which is what is signed.
    public let body: [UInt8]
    /// The status of the receiver's answer; `nil` if it was not sent or not answered.
    public internal(set) var status: Int?
}

/// Signs webhooks, keeps them, and sends them one after another.
final class WebhookQueue: Sendable {
    private struct State {
        var deliveries: [WebhookDelivery] = []
        var sentCount = 0
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let signer: WebhookSigner
    private let endpoint: FakeClerk.WebhookEndpoint?
    private let state = Mutex(State())
    private let news: AsyncStream<Int>
    private let add: AsyncStream<Int>.Continuation

    init(secret: WebhookSecret, endpoint: FakeClerk.WebhookEndpoint?) {
        signer = WebhookSigner(secret)
        self.endpoint = endpoint
        (news, add) = AsyncStream.makeStream()
    }

    var deliveries: [WebhookDelivery] { state.withLock { $0.deliveries } }

    func add(_ event: FakeEvent, at time: Timestamp) {
        let json: JSONValue = [
            "data": event.data, "object": "event", "type": .string(event.type),
            "timestamp": .int(event.milliseconds), "instance_id": .string(event.instanceID),
        ]
        let body = json.utf8
        let place = state.withLock { state in
            let id = "msg_" + String(state.deliveries.count + 1)
            // Only libcrypto can fail here; a webhook without a signature shows it.
            var fields = (try? signer.headerFields(id: id, at: time, body: body, names: .svix)) ?? HTTPFields()
            fields[.contentType] = "application/json"
            state.deliveries.append(
                WebhookDelivery(id: id, type: event.type, headerFields: fields, body: body, status: nil)
            )
            return state.deliveries.count - 1
        }
        add.yield(place)
    }

    /// Sends until cancelled.
    func run() async {
        for await place in news {
            let delivery = state.withLock { $0.deliveries[place] }
            var status: Int?
            if let endpoint {
                let request = HTTPTransportRequest(
                    method: .post,
                    url: endpoint.url,
                    headerFields: delivery.headerFields,
                    body: delivery.body,
                    deadline: .seconds(30),
                    maximumResponseByteCount: 65_536
                )
                status = try? await endpoint.transport.send(request).status.code
            }
            let due = state.withLock { state in
                state.deliveries[place].status = status
                state.sentCount = place + 1
                let count = state.sentCount
                defer { state.waiters.removeAll { $0.count <= count } }
                return state.waiters.filter { $0.count <= count }
            }
            for waiter in due { waiter.continuation.resume() }
        }
    }

    func waitUntilSent() async {
        await withCheckedContinuation { continuation in
            let isSent = state.withLock { state in
                let count = state.deliveries.count
                if state.sentCount < count { state.waiters.append((count, continuation)) }
                return state.sentCount >= count
            }
            if isSent { continuation.resume() }
        }
    }
}
#endif
