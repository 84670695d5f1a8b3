#if TestServers
import GatehouseBase
import GatehouseRecords
import GatehouseTokens
public import HTTPTypes
import Synchronization

/// A signed webhook.
public struct WebhookDelivery: Sendable, Hashable {
    /// The message's id, `msg_…`, which is equal in all attempts.
    public let id: String
    /// The kind of event, such as `organizationMembership.deleted`.
    public let type: String
    /// The fields of the last attempt: `svix-id`, `svix-timestamp`, `svix-signature` and the type of the content.
    public internal(set) var headerFields: HTTPFields
    /// The raw body, which the signature covers.
    public let body: [UInt8]
    /// The status of the receiver's last answer; `nil` if the webhook was not sent or not answered.
    public internal(set) var status: Int?
    /// The number of attempts.
    public internal(set) var attempts = 0
}

/// A queue that signs webhooks, stores them, and sends them. First attempts keep the order, and further attempts follow Svix until the
/// receiver takes the webhook.
final class WebhookQueue: Sendable {
    private struct State {
        var deliveries: [WebhookDelivery] = []
        var sentCount = 0
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let signer: WebhookSigner
    private let endpoint: FakeClerk.WebhookEndpoint?
    private let clock: WallClock
    private let state = Mutex(State())
    private let news: AsyncStream<Int>
    private let add: AsyncStream<Int>.Continuation

    init(secret: WebhookSecret, endpoint: FakeClerk.WebhookEndpoint?, clock: WallClock) {
        signer = WebhookSigner(secret)
        self.endpoint = endpoint
        self.clock = clock
        (news, add) = AsyncStream.makeStream()
    }

    var deliveries: [WebhookDelivery] { state.withLock { $0.deliveries } }

    func add(_ event: FakeEvent) {
        let json: JSONValue = [
            "data": event.data, "object": "event", "type": .string(event.type),
            "timestamp": .int(event.milliseconds), "instance_id": .string(event.instanceID),
        ]
        let body = json.utf8
        let place = state.withLock { state in
            let id = "msg_" + String(state.deliveries.count + 1)
            let fields = headerFields(id: id, body)
            state.deliveries.append(WebhookDelivery(id: id, type: event.type, headerFields: fields, body: body))
            return state.deliveries.count - 1
        }
        add.yield(place)
    }

    /// Sends webhooks until the task is cancelled. A webhook that the receiver does not take delays no other, since webhooks have no
    /// promised order.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await place in news {
                let isTaken = await send(place)
                noteFirstAttempt(of: place)
                guard !isTaken, let endpoint else { continue }
                group.addTask {
                    for pause in endpoint.retries {
                        guard (try? await Task.sleep(for: pause)) != nil else { return }
                        if await self.send(place) { return }
                    }
                }
            }
            group.cancelAll()
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

    /// Sends a webhook, signed at the time of this attempt.
    ///
    /// - Returns: True if the receiver answered with a status from 200 to 299. A redirect is a failure, and is not followed.
    private func send(_ place: Int) async -> Bool {
        guard let endpoint else { return false }
        let delivery = state.withLock { state in
            let (id, body) = (state.deliveries[place].id, state.deliveries[place].body)
            state.deliveries[place].headerFields = headerFields(id: id, body)
            state.deliveries[place].attempts += 1
            return state.deliveries[place]
        }
        let request = HTTPTransportRequest(
            method: .post,
            url: endpoint.url,
            headerFields: delivery.headerFields,
            body: delivery.body,
            deadline: .seconds(30),
            maximumResponseByteCount: 65_536
        )
        let status = try? await endpoint.transport.send(request).status.code
        state.withLock { $0.deliveries[place].status = status }
        return status.map { (200..<300).contains($0) } ?? false
    }

    /// Resumes the tasks that wait for the first attempts.
    private func noteFirstAttempt(of place: Int) {
        let due = state.withLock { state in
            state.sentCount = place + 1
            let count = state.sentCount
            defer { state.waiters.removeAll { $0.count <= count } }
            return state.waiters.filter { $0.count <= count }
        }
        for waiter in due { waiter.continuation.resume() }
    }

    private func headerFields(id: String, _ body: [UInt8]) -> HTTPFields {
        // Only libcrypto can fail here. A receiver refuses the webhook without a signature.
        var fields = (try? signer.headerFields(id: id, at: clock.now(), body: body, names: .svix)) ?? HTTPFields()
        fields[.contentType] = "application/json"
        return fields
    }
}
#endif
