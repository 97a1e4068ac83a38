import Domain

/// All customers, found by any form of their number or by a user id. Bounded: the one known longest goes first.
struct CustomerBook: Sendable {
    private var customers: [String: Customer] = [:]
    private var keysByBSUID: [String: String] = [:]
    private var order = FIFOQueue<String>()
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { customers.count }

    subscript(key: String) -> Customer? { customers[key] }

    func find(phone digits: String) -> Customer? { customers[Customer.key(ofPhone: digits)] }

    func find(bsuid: String) -> Customer? { keysByBSUID[bsuid].flatMap { customers[$0] } }

    /// Up to `limit` customers whose keys come after `key`, by key.
    func page(after key: String, limit: Int) -> [Customer] {
        let keys = customers.keys.filter { $0 > key }.sorted().prefix(limit)
        return keys.compactMap { customers[$0] }
    }

    /// The customer of this number; made when nobody has it.
    mutating func customer(phone digits: String, make: () -> Customer) -> Customer {
        if let known = find(phone: digits) { return known }
        let customer = make()
        insert(customer)
        return customer
    }

    /// Changes a customer in place; nil when there is none under this key.
    mutating func update<Result>(_ key: String, _ change: (inout Customer) -> Result) -> Result? {
        guard var changed = customers[key] else { return nil }
        let (old, oldParent) = (changed.bsuid, changed.parentBSUID)
        let result = change(&changed)
        customers[key] = changed
        if changed.bsuid != old || changed.parentBSUID != oldParent {
            forget(bsuid: old, oldParent)
            remember(changed, under: key)
        }
        if changed.key != key { rekey(changed, from: key) }
        return result
    }

    mutating func insert(_ customer: Customer) {
        if customers.count >= capacity, let oldest = order.popFirst(), let gone = customers.removeValue(forKey: oldest)
        {
            forget(bsuid: gone.bsuid, gone.parentBSUID)
        }
        customers[customer.key] = customer
        order.append(customer.key)
        remember(customer, under: customer.key)
    }

    private mutating func rekey(_ customer: Customer, from key: String) {
        customers[key] = nil
        insert(customer)
    }

    private mutating func remember(_ customer: Customer, under key: String) {
        keysByBSUID[customer.bsuid] = key
        if let parent = customer.parentBSUID { keysByBSUID[parent] = key }
    }

    private mutating func forget(bsuid: String, _ parent: String?) {
        keysByBSUID[bsuid] = nil
        if let parent { keysByBSUID[parent] = nil }
    }
}
