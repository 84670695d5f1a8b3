/// The objects of a list, which are requested page by page while they are read.
///
/// ```swift
/// for try await user in clerk.users.list() { … }
/// ```
///
/// A list is requested in the order of creation if Clerk has an order, so that objects which are added meanwhile come last. An object is
/// returned only once, even if Clerk moves the object to a later page. An object can be missed if another object is removed while the list
/// is read, or, in a list without an order (directories, domains of an organization, enterprise connections, sessions, members by user), if
/// another object is added.
public struct ClerkPages<Object: ClerkObject>: AsyncSequence, Sendable {
    /// The largest number of objects in a page of Clerk's.
    public static var maximumPageSize: Int { 500 }

    let client: ClerkClient
    var request: ClerkRequest
    var pageSize = 500

    /// Returns the list, in pages of so many objects: 1 to ``maximumPageSize``.
    public func inPages(of size: Int) -> ClerkPages {
        var pages = self
        pages.pageSize = Swift.max(1, Swift.min(size, Self.maximumPageSize))
        return pages
    }

    /// Returns all objects.
    public func all() async throws(ClerkError) -> [Object] {
        var objects: [Object] = []
        for try await object in self { objects.append(object) }
        return objects
    }

    /// Begins with the first page.
    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// An iterator over the pages of a list.
    public struct Iterator: AsyncIteratorProtocol {
        private let pages: ClerkPages
        private let limit: Int
        private var page: [Object].Iterator = [].makeIterator()
        private var offset = 0
        private var isLast = false
        private var given: Set<ByteText> = []

        fileprivate init(_ pages: ClerkPages) {
            self.pages = pages
            let operation = ClerkOperation.named(pages.request.operation)
            let maximum = operation?.query.first { $0.name == "limit" }?.maximum ?? 500
            limit = Swift.min(pages.pageSize, maximum)
        }

        /// Returns the next object; `nil` after the last object.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(ClerkError) -> Object? {
            while true {
                while let object = page.next() {
                    if object.id.isEmpty || given.insert(ByteText(object.id)).inserted { return object }
                }
                if isLast { return nil }
                let loaded = try await Self.load(pages, limit: limit, offset: offset)
                page = loaded.objects.makeIterator()
                offset += loaded.objects.count
                isLast = loaded.isLast
            }
        }

        private static func load(
            _ pages: ClerkPages,
            limit: Int,
            offset: Int
        ) async throws(ClerkError) -> (objects: [Object], isLast: Bool) {
            var request = pages.request
            let operation = ClerkOperation.named(request.operation)
            guard operation?.isPaged == true else {
                return (
                    try ClerkList<Object>(try await pages.client.send(request), of: request.operation).elements, true
                )
            }
            request.query = request.query.replacing("limit", with: .number(JSONNumber(limit)))
                .replacing("offset", with: .number(JSONNumber(offset)))
            if operation?.query.contains(where: { $0.name == "order_by" }) == true, request.query["order_by"] == nil {
                request.query = request.query.replacing("order_by", with: "+created_at")
            }
            let list = try ClerkList<Object>(try await pages.client.send(request), of: request.operation)
            let count = list.elements.count
            // A page may be shorter than the limit if Clerk lowers the limit. For that reason the total number determines the last page.
            let hasMore = list.totalCount.map { offset + count < $0 } ?? (count >= limit)
            return (list.elements, count == 0 || !hasMore)
        }
    }
}
