import type { Chance } from '../random.ts'

/** Names of the second generator: another stock than the first, and names that are in no table, put together from syllables. */
const GIVEN = {
  man: `Sebastiaan Valentijn Joris Roderick Fabian Maurits Laurens Tobias Bastiaan Vincent Rutger Matthijs Olaf Twan Lennard Sjors Freek Mels Douwe Harm Jurriaan Onno Pepijn Quinten Rogier Sietse Ubbo Victor Wessel Yorick Zeger Nathan Elias Aron Gideon Ezra Jonathan Micha Levi Noa Milo Ray Senn Jace Kyan Dex Javi Enzo Luan Rayan Ilyas Ayman Nassim Marouane Tarik Jamal Idris Abdullah Abdelhakim Faruk Orhan Cihan Tolga Onur Batuhan Stanisław Wojciech Dawid Bartosz Radosław Ivan Bogdan Mihai Teodor Kofi Emeka Tesfay Hagos Nguyễn Đức Ravindra Dinesh`.split(
    ' ',
  ),
  vrouw:
    `Annabel Benthe Carlijn Daniëlle Eline Felicia Geesje Hanna Ilona Josien Karlijn Loïs Marloes Nienke Odette Pauline Quirine Rianne Simone Tamara Ursula Veerle Willeke Xandra Yvonne Zita Amelie Belle Chloë Dewi Elodie Fay Gwen Hailey Indy Joy Kiki Lilou Maxime Nola Ophelia Pleun Robin Senna Tara Vajèn Yuna Zara Amina Safae Siham Wafae Ouassima Nisrine Firdaous Kaoutar Rabia Gülsüm Şevval Nurcan Beyza İrem Ewelina Dorota Grażyna Bożena Svetlana Natalia Raluca Adwoa Chiamaka Senait Hiwot Thuỳ Lan Sunita Radha Jahaira Sharmaine`.split(
      ' ',
    ),
}

const SURNAMES =
  `van den Akker;Aerts;de Baat;Baltussen;van Bergen;Boersma;ten Brinke;van den Boogaard;Coenen;Cornelissen;van Dalen;Derksen;van Dongen;Dorresteijn;van Eck;Eijkemans;Engelen;van Esch;Franssen;Geurts;van Gemert;van Ginkel;de Goede;Goossens;van der Haar;Hagenaars;Hendrikx;van Herk;Heijmans;Hoogendoorn;'t Hoen;van 't Hoff;Janse;Jaspers;de Kleijn;Klaassen;Kooijman;van der Kolk;Lammers;van Lieshout;van der Lee;Litjens;Lucassen;Manders;van der Maat;Nabuurs;Nijland;van Nunen;Oosterhuis;van Os;Paulissen;Pouwels;van der Pluijm;Reijnders;Roelofs;van Rooij;Rutten;Sijbers;Snijders;Stevens;Teeuwen;Tielen;van Tilburg;Uijtdewilligen;Veldhuizen;Verstegen;van der Voort;Vullings;Weijers;van Wanrooij;Wijnands;Ypenburg;Zeegers;van Zutphen;in den Bosch;op 't Veld;El Mourabit;Aït Lahcen;Ouchene;Benhammou;Haddadi;Rahmouni;Öz;Türkmen;Yalçın;Gündoğan;Çetinkaya;Piotrowski;Krawczyk;Jabłoński;Ionescu;Dumitru;Petrov;Gebremariam;Mehari;Boateng;Okafor;Nguyễn;Lê;Ramkhelawan;Biharie;Jeandor;Eustatia;Fernández Ruiz;de la Cruz;Al-Hassan;Abu Salim`.split(
    ';',
  )

/** Twins whose names differ by a letter or a sound. */
export const CLOSE_PAIRS = [
  ['Tobias', 'Tobia'],
  ['Mels', 'Mils'],
  ['Joris', 'Jorik'],
  ['Hanna', 'Hanne'],
  ['Senna', 'Sanna'],
  ['Milo', 'Mylo'],
  ['Elias', 'Ilias'],
  ['Kiki', 'Kika'],
  ['Ray', 'Roy'],
  ['Lan', 'Len'],
] as const

/** What people are called who have these names. */
export const CALLED_HERE: Record<string, string> = {
  Sebastiaan: 'Bas',
  Bastiaan: 'Bas',
  Matthijs: 'Thijs',
  Jonathan: 'Jon',
  Annabel: 'Bel',
  Carlijn: 'Car',
  Abdullah: 'Appie',
  Abdelhakim: 'Hakim',
  Pauline: 'Lien',
  Maurits: 'Mau',
  Laurens: 'Lau',
  Veerle: 'Veer',
}

/** A given name: most often of the list, one in eight in no list at all. */
export function givenHere(sex: 'man' | 'vrouw', chance: Chance): string {
  if (!chance.happens(0.12)) return chance.pick(GIVEN[sex])
  return title(
    syllables(2 + chance.below(2), chance) + (sex === 'vrouw' ? chance.pick(['a', 'e', 'ie']) : chance.pick(['n', 's', 'k'])),
  )
}

export function surnameHere(chance: Chance): string {
  if (chance.happens(0.6)) return chance.pick(SURNAMES)
  const ending = chance.pick(['sen', 'stra', 'mans', 'huis', 'kamp', 'veld', 'ink', 'ers', 'horst', 'dijk'])
  return (
    (chance.happens(0.3) ? chance.pick(['van ', 'van der ', 'de ', 'ter ']) : '') +
    title(syllables(1 + chance.below(2), chance) + ending)
  )
}

function syllables(count: number, chance: Chance): string {
  const starts = [
    'b',
    'd',
    'f',
    'g',
    'h',
    'j',
    'k',
    'l',
    'm',
    'n',
    'p',
    'r',
    's',
    't',
    'v',
    'w',
    'z',
    'br',
    'kl',
    'st',
    'sch',
    'tr',
  ]
  const vowels = ['a', 'e', 'i', 'o', 'u', 'aa', 'ee', 'oo', 'ij', 'ui', 'oe', 'ei']
  return Array.from({ length: count }, () => chance.pick(starts) + chance.pick(vowels)).join('')
}

function title(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1)
}
