#if Server
import HTTPTypes
import NIOCore

/// The progress of a connection's requests and answers, and the connection's deadlines.
final class SenderProgress {
    private enum Phase { case idle, head, body }

    private let headByteCount: Int
    private let headTime: TimeAmount
    private let bodyTime: TimeAmount
    private let idleTime: TimeAmount
    private var phase = Phase.idle
    /// The approximate number of bytes that came and belong to no decoded part: those of a head that is incomplete.
    private var unreadByteCount = 0
    /// A number that only an incomplete head exceeds, as far as clients write blanks as usual.
    private var blankByteCount = 0
    /// The number of bytes of the present read, and the time at which the read began.
    private var read = (byteCount: 0, time: NIODeadline.now())
    /// True if a request ended in the present read.
    private var hasReadEnd = false
    private var isChunked = false
    /// The number of requests that Hummingbird has to answer.
    private(set) var pending = 0
    /// True if the connection's next head is refused. No bytes are read any more.
    private(set) var isRefused = false
    /// The time at which the connection is closed; `nil` if there is none.
    private var deadline: NIODeadline?
    /// The task that checks the deadline.
    private var watch: Scheduled<Void>?
    private var watchTime: NIODeadline?
    /// The context before the decoder; `nil` after the end of the connection.
    var context: ChannelHandlerContext?

    init(_ limits: ServerConfiguration.Limits) {
        headByteCount = limits.headByteCount
        (headTime, bodyTime) = (TimeAmount(limits.headTime), TimeAmount(limits.bodyTime))
        idleTime = TimeAmount(limits.idleTime)
    }

    /// Starts the time of the head. A connection on which nothing is sent has the same limit as a slow head.
    func opened(_ context: ChannelHandlerContext) { close(at: context.eventLoop.now + min(headTime, idleTime)) }

    func stop() {
        deadline = nil
        watch?.cancel()
        (watch, watchTime) = (nil, nil)
    }

    // MARK: Reading

    func readBegan(_ byteCount: Int, _ context: ChannelHandlerContext) {
        read = (byteCount, context.eventLoop.now)
        hasReadEnd = false
        if phase == .idle {
            (phase, unreadByteCount) = (.head, 0)
            close(at: read.time + headTime)
        }
        unreadByteCount += byteCount
    }

    /// Returns false if the head is too long.
    func headEnded(_ head: HTTPRequest) -> Bool {
        // Most heads came in a read that is shorter than the limit.
        if hasReadEnd || unreadByteCount > headByteCount / 2, head.byteCount > headByteCount { return false }
        // A part of a later head came in the present read.
        unreadByteCount = min(max(0, unreadByteCount - head.sentByteCount), read.byteCount)
        blankByteCount = 16 + 2 * head.headerFields.count
        isChunked = head.headerFields.contains(.transferEncoding)
        phase = .body
        close(at: read.time + bodyTime)
        return true
    }

    func bodyCame(_ byteCount: Int) { unreadByteCount = max(0, unreadByteCount - byteCount) }

    func requestEnded() {
        (phase, hasReadEnd, deadline) = (.idle, true, nil)
    }

    /// Starts the time of a head that began behind another request in the present read. Refuses an incomplete head that is too long already.
    func readEnded() {
        guard !isRefused else { return }
        if phase == .idle, !isChunked, unreadByteCount > blankByteCount {
            phase = .head
            close(at: read.time + headTime)
        }
        if phase == .head, unreadByteCount > headByteCount { refuse() }
    }

    // MARK: Answering

    func requestPassedOn() { pending += 1 }

    func requestAnswered(_ context: ChannelHandlerContext) {
        guard pending > 0 else { return }
        pending -= 1
        if pending == 0 { answered(at: context.eventLoop.now) }
    }

    /// The time at which the present read began.
    var readTime: NIODeadline { read.time }

    func promptlyAnswered() { answered(at: read.time) }

    /// Starts the idle time if no further request has begun, or sends the refusal that waited for the answers before it.
    private func answered(at time: NIODeadline) {
        if isRefused { return sendRefusal() }
        if phase == .idle { close(at: time + idleTime) }
    }

    /// Refuses the head that is being sent, as soon as the requests before it are answered.
    func refuse() {
        (isRefused, deadline) = (true, nil)
        if pending == 0 { sendRefusal() }
    }

    /// Sends the refusal and ends sending, and drops further bytes for a moment. A connection that is closed with unread bytes is reset, and
    /// its client might never see the answer.
    private func sendRefusal() {
        guard let context else { return }
        let answer = "HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
        context.close(mode: .output, promise: nil)
        close(at: context.eventLoop.now + .seconds(1))
    }

    // MARK: Deadlines

    private func close(at deadline: NIODeadline) {
        self.deadline = deadline
        if let watchTime, watchTime <= deadline { return }
        if let channel = context?.channel { watch(channel, until: deadline) }
    }

    /// Closes the connection at a time, or goes on watching if the deadline has moved. A request that is sent at once moves the deadline
    /// three times, and needs no new task for that.
    private func watch(_ channel: any Channel, until time: NIODeadline) {
        watch?.cancel()
        watchTime = time
        let eventLoop = channel.eventLoop
        watch = eventLoop.assumeIsolated().scheduleTask(deadline: time) { [self] in
            (watch, watchTime) = (nil, nil)
            guard let deadline else { return }
            if deadline <= eventLoop.now { channel.close(promise: nil) } else { watch(channel, until: deadline) }
        }
    }
}

extension HTTPRequest {
    /// The approximate number of bytes of the head's texts.
    fileprivate var byteCount: Int {
        headerFields.reduce(method.rawValue.utf8.count + (path?.utf8.count ?? 0) + (authority?.utf8.count ?? 0)) {
            $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4
        }
    }

    /// The number of bytes of the head as most clients send it, with one blank after each colon.
    fileprivate var sentByteCount: Int { byteCount + " HTTP/1.1\r\n\r\n".utf8.count + 1 + "Host: \r\n".utf8.count }
}
#endif
