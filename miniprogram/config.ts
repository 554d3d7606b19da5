/** Where the house is: the operator's own address, also listed among the request domains of the mini-program's account. */
export const HOUSE = 'https://haolin.example.cn';
