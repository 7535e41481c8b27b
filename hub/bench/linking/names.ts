/** Invented stock to make families from: common and uncommon names of several origins, none of a real person. */
export interface Origin {
  share: number
  boys: string[]
  girls: string[]
  surnames: string[]
}

export const ORIGINS: Origin[] = [
  {
    share: 0.74,
    boys: `Jan Daan Sem Lucas Levi Finn Bram Luuk Milan Mees Thomas Tim Lars Jesse Ruben Thijs Sven Gijs Stijn Julian Hugo Teun Siem Boaz Tijn Jens Jelle Niels Koen Wouter Joost Bas Rik Pim Tom Sam Max Nick Rens Cas Luca Noud Joep Guus Floris Willem Hendrik Johannes Cornelis Pieter Jacob Gerrit Dirk Klaas Adriaan Antonius Petrus Franciscus Gerardus Martinus Theodorus Lambertus Maarten Jeroen Martijn Dennis Marcel Erik Rob Ronald Sander Stefan Arjan Reinier Lieuwe Sjoerd Tjeerd Wiebe Hylke Evert Barend Ewout Diederik Casimir Olle Jurre Fedde Ties Mats Morris Quint Otis Faas Abe Kick Lenn Jip Bodi Vigo Keet Ravi Loek Wolf Rover Storm Bink Ybo`.split(
      ' ',
    ),
    girls:
      `Emma Julia Mila Tess Sophie Zoe Sara Nora Yara Eva Saar Noor Lotte Anna Fleur Evi Lisa Olivia Liv Fenna Roos Isa Sanne Femke Anouk Iris Lynn Maud Jasmijn Esmee Nina Lieke Floor Vera Rosalie Lauren Elin Puck Fem Linde Merel Pien Jet Juul Bo Noa Milou Suze Lena Elise Johanna Maria Cornelia Wilhelmina Elisabeth Catharina Margaretha Hendrika Adriana Petronella Jacoba Geertruida Linda Petra Marieke Ingrid Esther Monique Sandra Mirjam Karin Wendy Anneke Marjolein Annemarie Willemijn Josephine Charlotte Isabella Madelief Roosmarijn Hilde Aukje Tjitske Jildou Fardau Welmoed Sterre Filou Guusje Kaatje Mijntje Lente Zus Bente Jolijn Keesje Noukje Pippa Romée Faye Hedy Ilva Jonna Neline Wende Yfke`.split(
        ' ',
      ),
    surnames:
      `Jansen;de Jong;de Vries;van den Berg;van Dijk;Bakker;Janssen;Visser;Smit;Meijer;de Boer;Mulder;de Groot;Bos;Vos;Peters;Hendriks;van Leeuwen;Dekker;Brouwer;de Wit;Dijkstra;Smits;de Graaf;van der Meer;van der Linden;Kok;Jacobs;de Haan;Vermeulen;van den Heuvel;van der Veen;van den Broek;de Bruijn;de Bruin;van der Heijden;Schouten;van Beek;Willems;van Vliet;van de Ven;Hoekstra;Maas;Verhoeven;Koster;van Dam;van der Wal;Prins;Blom;Huisman;Peeters;de Jonge;Kuipers;van Veen;Kuijpers;Post;Veenstra;Kramer;van den Brink;Scholten;van Wijk;Postma;Martens;Vink;de Ruiter;Timmermans;Groen;Gerritsen;Jonker;van Loon;Boer;van der Velde;Willemsen;Smeets;de Lange;de Vos;van Dongen;Schipper;de Koning;van der Laan;Koning;van der Velden;Driessen;van Doorn;Hermans;Evers;van den Bosch;van der Meulen;Hofman;Bosman;Wolters;Sanders;van der Horst;Mol;Kuiper;Molenaar;van de Pol;Wijnen;Oude Nijhuis;ter Horst;in 't Veld;op den Kamp;van 't Hof;Groot Koerkamp;Zandstra;Hartgers;Quaedvlieg;Wissekerke;Rozeboom;Bijleveld;Kalsbeek;Ouwerkerk;Teunissen;Wielinga;Haverkamp;Stegeman;Nieuwkerk;Ypma;Zuurbier;Uiterwijk;Doggen;Lankhorst;Vreugdenhil;Bergsma;Buitendijk;Haverhoek;van Oosterwijk;Klijnsma;Rietdijk;Verkuijlen;Swinkels;Philipsen;Thijssen;Claessens;Cuijpers;Kouwenhoven;Schreuders;van Schaijk`.split(
        ';',
      ),
  },
  {
    share: 0.1,
    boys: `Mohammed Youssef Ibrahim Hamza Ayoub Bilal Omar Ali Ahmed Yassin Anas Soufiane Ilias Rachid Mustafa Hassan Karim Said Khalid Abdelkader Amine Nabil Zakaria Ismail Imran`.split(
      ' ',
    ),
    girls:
      `Fatima Aicha Khadija Maryam Salma Hajar Yasmina Zineb Samira Naima Malak Nour Aya Imane Ikram Latifa Souad Rachida Nadia Loubna Chaimae Oumaima Hanane Jamila Farida`.split(
        ' ',
      ),
    surnames:
      `El Amrani;Bakkali;El Idrissi;Bouzid;Alaoui;Benali;El Khattabi;Ait Ouarab;Ben Haddou;Chaouki;Mansouri;Tahiri;Zerouali;El Morabet;Ouali;Boukhris;Azzouz;Lamrini`.split(
        ';',
      ),
  },
  {
    share: 0.07,
    boys: `Mehmet Mustafa Emre Yusuf Ömer Ali Kerem Emir Eymen Ahmet Murat Serkan Hakan Burak Efe Kaan Oğuz Çağlar Volkan Süleyman`.split(
      ' ',
    ),
    girls:
      `Zeynep Elif Ayşe Fatma Merve Esra Büşra Defne Ecrin Hatice Emine Meryem Azra Selin Gül Özlem Şeyma Tuğba Derya Yıldız`.split(
        ' ',
      ),
    surnames: `Yılmaz;Kaya;Demir;Şahin;Çelik;Yıldız;Öztürk;Aydın;Arslan;Doğan;Kılıç;Koç;Güler;Aksoy;Özdemir;Karataş`.split(';'),
  },
  {
    share: 0.04,
    boys: `Jakub Szymon Krzysztof Piotr Tomasz Paweł Łukasz Mateusz Kacper Filip`.split(' '),
    girls: `Zuzanna Katarzyna Agnieszka Małgorzata Aleksandra Zofia Magdalena Wiktoria Oliwia Joanna`.split(' '),
    surnames: `Kowalski;Nowak;Wiśniewski;Wójcik;Kamiński;Lewandowski;Zieliński;Szymański;Woźniak;Dąbrowski`.split(';'),
  },
  {
    share: 0.05,
    boys: `Samuel Yonas Abel Carlos José Juan Wei Minh Dmytro Oleksandr Arjun Rohan Kwame Chidi Andrei Jean-Pierre Jayden Dylano Xavi Sergio`.split(
      ' ',
    ),
    girls:
      `Selam Rahel Maria Ana Sofía Mei Linh Olena Iryna Priya Shanti Abena Ngozi Ioana Marie-Louise Chanel Shanelva Ximena Luz Beyoncé`.split(
        ' ',
      ),
    surnames:
      `Tesfaye;Haile;García López;Rodríguez;Fernandes;Nguyen;Tran;Chen;Wang;Shevchenko;Kovalenko;Singh;Ramdin;Soekhoe;Mensah;Owusu;Popescu;Martina;Winklaar;Da Silva;Dos Santos;Khan`.split(
        ';',
      ),
  },
]

/** Names of twins that are one letter apart. */
export const NEAR_TWINS: [string, string][] = [
  ['Tim', 'Tom'],
  ['Daan', 'Dana'],
  ['Lisa', 'Lise'],
  ['Sem', 'Sam'],
  ['Noor', 'Nora'],
  ['Bas', 'Bos'],
  ['Jan', 'Jon'],
  ['Lotte', 'Lotta'],
  ['Mila', 'Mika'],
  ['Luca', 'Lucas'],
  ['Finn', 'Fynn'],
  ['Eva', 'Evi'],
  ['Ilse', 'Else'],
  ['Jens', 'Jans'],
  ['Anna', 'Anne'],
  ['Hasan', 'Hassan'],
  ['Emre', 'Emra'],
  ['Roos', 'Rosa'],
]

/** Full names and what people are called. */
export const CALLED: Record<string, string[]> = {
  Johannes: ['Jan', 'Hans', 'Johan'],
  Cornelis: ['Kees', 'Cor'],
  Hendrik: ['Henk', 'Hein'],
  Willem: ['Wim', 'Pim'],
  Petrus: ['Piet', 'Peter'],
  Antonius: ['Ton', 'Toon'],
  Franciscus: ['Frans'],
  Gerardus: ['Gerard', 'Ger'],
  Martinus: ['Tinus', 'Martin'],
  Theodorus: ['Theo'],
  Lambertus: ['Bert'],
  Jacob: ['Jaap', 'Koos'],
  Adriaan: ['Ad', 'Arie'],
  Pieter: ['Piet'],
  Gerrit: ['Ger'],
  Thomas: ['Tom'],
  Johanna: ['Jo', 'Hanneke', 'Joke'],
  Maria: ['Mieke', 'Ria', 'Marie'],
  Cornelia: ['Corrie', 'Nel'],
  Wilhelmina: ['Mien', 'Willy'],
  Elisabeth: ['Els', 'Betty', 'Lies'],
  Catharina: ['Toos', 'Rina', 'Cato'],
  Margaretha: ['Greet', 'Marga'],
  Hendrika: ['Riek', 'Hennie'],
  Adriana: ['Jana', 'Sjaan'],
  Petronella: ['Nel', 'Ellie'],
  Jacoba: ['Coba'],
  Geertruida: ['Truus', 'Trudy'],
  Josephine: ['Fien'],
  Charlotte: ['Lotte'],
  Isabella: ['Isa', 'Bella'],
  Mohammed: ['Mo', 'Moha'],
  Abdelkader: ['Kader'],
  Samuel: ['Sam'],
  Aleksandra: ['Ola'],
  Katarzyna: ['Kasia'],
  Krzysztof: ['Kris'],
  Oleksandr: ['Sasha'],
  Diederik: ['Dirk', 'Died'],
}

/** Other spellings of one name, from one alphabet into another or from one clerk to another. */
export const SPELLINGS: Record<string, string[]> = {
  Mohammed: ['Mohamed', 'Muhammad', 'Mohammad'],
  Youssef: ['Yousef', 'Youssouf', 'Yusuf'],
  Aicha: ['Aisha', 'Aïcha'],
  Khadija: ['Khadidja', 'Chadija'],
  Zineb: ['Zaineb', 'Zaynab'],
  Maryam: ['Mariam', 'Meryem'],
  Soufiane: ['Sofian', 'Soufyane'],
  Hassan: ['Hasan'],
  Rachid: ['Rashid'],
  Oleksandr: ['Aleksandr', 'Olexandr'],
  Iryna: ['Irina'],
  Dmytro: ['Dmitro', 'Dmitri'],
  Sophie: ['Sofie'],
  Sara: ['Sarah'],
  Anouk: ['Anoek'],
  Thijs: ['Tijs'],
  Luuk: ['Luc', 'Luk'],
  Esmee: ['Esmée'],
  Romée: ['Romee'],
  Zoe: ['Zoë'],
  Mirjam: ['Miriam'],
  Erik: ['Eric'],
  Charlotte: ['Sjarlotte'],
  Chaimae: ['Shaimae', 'Chaima'],
  Oumaima: ['Umayma', 'Oumayma'],
  Sofía: ['Sofia'],
  Jacob: ['Jakob'],
  Lucas: ['Lukas'],
  Catharina: ['Katharina'],
}
